import pytest

from programs.domain import editing, outputs, stages
from regencies.models import Membership
from tests import factories
from tests.api_clients import caller

HOST = "http://testserver"
NOT_FOUND = {
    "type": "client_error",
    "errors": [{"code": "not_found", "detail": "Not found.", "attr": None}],
}
IN_SIGHT = ["officer", "signer", "contributor", "observer", "expert", "ministry"]
FOREIGN = ["stranger", "nobody", None]


def person(request, name):
    return name and request.getfixturevalue(name)


def ids(response):
    assert response.status_code == 200, response.json()
    return [row["id"] for row in response.json()["results"]]


def iso(moment):
    return moment.astimezone(factories.dt.timezone(factories.dt.timedelta(hours=7))).isoformat()


def whole(stage, version):
    """Everything a person in sight reads of the published Bimtek I."""
    return {
        "url": f"{HOST}/api/v1/stages/{stage.pk}/",
        "id": stage.pk,
        "participation": stage.participation_id,
        "regency": "33.15",
        "regency_name": "Kabupaten Grobogan",
        "province": "33",
        "cohort": "2018",
        "number": 1,
        "title": "Tahap 1",
        "status": "verified",
        "is_late": False,
        "due_on": "2018-05-10",
        "publication": "public",
        "starts_on": "2018-05-07",
        "ends_on": "2018-05-08",
        "mode": "onsite",
        "venue": "Pendopo Kabupaten",
        "council_count": 12,
        "team_count": 30,
        "other_count": 5,
        "attendance": 47,
        "outputs": [
            {
                "requirement": "buku-1",
                "title": "Buku 1",
                "is_mandatory": True,
                "file": {
                    "version": 1,
                    "name": "Buku I.pdf",
                    "content_type": "application/pdf",
                    "size": len(factories.PDF),
                    "sha256": version.sha256,
                    "address": f"{HOST}/api/v1/files/{version.pk}/",
                },
            }
        ],
        "submitted_at": iso(stage.submitted_at),
        "verified_at": iso(stage.verified_at),
        "submitted_version": 1,
        "notes": "Catatan untuk kementerian.",
        "return_reason": "",
        "revision": stage.revision,
    }


@pytest.mark.parametrize("who", IN_SIGHT)
def test_people_of_the_region_read_a_published_stage_whole(who, published, request):
    client = caller(person(request, who))

    row = client.get(f"/api/v1/stages/{published.pk}/").json()

    assert row == whole(published, published.outputs.get().latest)
    assert client.get("/api/v1/stages/?number=1").json() == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [row],
    }


@pytest.mark.parametrize("who", FOREIGN)
def test_others_read_of_a_published_stage_what_is_public(who, published, request):
    row = caller(person(request, who)).get(f"/api/v1/stages/{published.pk}/").json()

    expected = whole(published, published.outputs.get().latest)
    expected |= dict.fromkeys(["submitted_version", "notes", "return_reason", "revision"])
    expected["outputs"][0]["file"] |= {"address": None, "name": None}
    assert row == expected


def test_a_region_reads_no_file_name_of_another(published, stranger, elsewhere, cohort):
    own = factories.stage_of(factories.make_participation(elsewhere, cohort))
    outputs.attach(own.outputs.get(), by=stranger, upload=factories.pdf("Punya kami.pdf"))

    rows = caller(stranger).get("/api/v1/stages/?number=1").json()["results"]

    found = {row["id"]: row["outputs"][0]["file"]["name"] for row in rows}
    assert found == {published.pk: None, own.pk: "Punya kami.pdf"}


@pytest.mark.parametrize("who", FOREIGN)
def test_internal_stages_do_not_exist_for_others(who, published, participation, request):
    client = caller(person(request, who))
    internal = factories.stage_of(participation, 2)

    assert internal.publication == "internal"
    detail = client.get(f"/api/v1/stages/{internal.pk}/")
    assert (detail.status_code, detail.json()) == (404, NOT_FOUND)
    assert client.get("/api/v1/stages/").json()["count"] == 1
    for query in ("", "?ordering=-due_on", "?regency=33.15", "?cohort=2018", "?province=33"):
        assert ids(client.get(f"/api/v1/stages/{query}")) == [published.pk], query
    for query in ("?number=2", "?status=draft", "?late=true", "?publication=internal"):
        assert ids(client.get(f"/api/v1/stages/{query}")) == [], query


def test_a_stranger_sees_the_own_region_and_what_is_public(published, stranger, elsewhere, cohort):
    own = factories.make_participation(elsewhere, cohort, publication="internal")

    seen = ids(caller(stranger).get("/api/v1/stages/"))

    assert sorted(seen) == sorted([published.pk, *own.stages.values_list("pk", flat=True)])


def test_a_stage_of_an_internal_participation_is_not_public(published, participation):
    participation.publication = "internal"
    participation.save()

    assert ids(caller().get("/api/v1/stages/")) == []


def test_a_recused_expert_reads_only_what_is_public(published, expert):
    expert.assignments.update(recused_on="2018-01-01")

    rows = caller(expert).get("/api/v1/stages/").json()["results"]

    assert [(row["id"], row["notes"]) for row in rows] == [(published.pk, None)]


def test_a_membership_that_ended_opens_nothing(published, officer):
    Membership.objects.filter(user=officer).update(ends_on="2018-01-01")

    assert ids(caller(officer).get("/api/v1/stages/")) == [published.pk]


def test_no_name_or_address_of_a_person_is_shown(published, ministry, signer):
    signer.name, ministry.name = "Siti Penanda Tangan", "Budi Kementerian"
    signer.save()
    ministry.save()

    text = caller(ministry).get("/api/v1/stages/").content.decode()
    text += caller(ministry).get("/api/v1/participations/").content.decode()

    for secret in (signer.name, ministry.name, signer.email, ministry.email):
        assert secret not in text


def test_filters_and_order(participation, ministry, signer, elsewhere, cohort):
    first, second, third, fourth = participation.stages.order_by("definition__number")
    other = factories.make_participation(elsewhere, factories.make_cohort(2099, slug="2099"))
    factories.make_submitted(first, by=signer)
    client = caller(ministry)

    def found(query):
        return ids(client.get(f"/api/v1/stages/?{query}"))

    assert found("status=submitted") == [first.pk]
    assert found("regency=33.15&number=3") == [third.pk]
    assert found("regency=33.15&ordering=-number") == [fourth.pk, third.pk, second.pk, first.pk]
    assert found("regency=33.15&late=true") == [second.pk, third.pk, fourth.pk]
    assert found("regency=33.15&late=false") == [first.pk]
    assert found("province=35&number=1") == [factories.stage_of(other).pk]
    assert found("cohort=2099&ordering=-due_on&limit=1") == [factories.stage_of(other, 4).pk]
    assert found("cohort=2018&number=1&publication=internal") == [first.pk]
    assert found("regency=99.99") == []
    rows = client.get("/api/v1/stages/?regency=33.15").json()["results"]
    assert [row["is_late"] for row in rows] == [False, True, True, True]


@pytest.mark.parametrize(
    ("rows", "who"), [(1, None), (30, None), (1, "ministry"), (30, "ministry")]
)
def test_a_page_of_stages_costs_the_same_whatever_its_size(
    rows, who, signer, request, cohort, django_assert_num_queries
):
    published = _many_published(rows, cohort, request.getfixturevalue("ministry"))
    client = caller(person(request, who))
    client.get("/api/v1/provinces/")  # notes the token's use of today

    # count, rows, sessions, outputs, requirements, versions; a token adds itself and memberships
    with django_assert_num_queries(8 if who else 6):
        response = client.get("/api/v1/stages/?publication=public&ordering=number")

    assert sorted(ids(response)) == sorted(stage.pk for stage in published)


def _many_published(number, cohort, ministry):
    found = []
    for place in range(number):
        regency = factories.make_regency(f"33.{place + 1:02}")
        signer = factories.make_signer(regency)
        stage = factories.stage_of(factories.make_participation(regency, cohort))
        for output in stage.outputs.all():
            outputs.attach(output, by=signer, upload=factories.pdf())
        editing.edit(stage, by=signer, revision=1, **factories.SESSION)
        stages.verify(stages.submit(stage, by=signer), by=ministry)
        found.append(stages.publish(stage, by=ministry))
    return found
