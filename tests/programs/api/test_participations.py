import pytest

from programs.models import Participation, Source
from regencies.models import Area
from tests import factories
from tests.api_clients import caller

HOST = "http://testserver/api/v1"


def codes(response):
    assert response.status_code == 200, response.json()
    body = response.json()
    assert body["count"] == len(body["results"])
    return [f"{row['regency']}/{row['cohort']}" for row in body["results"]]


def test_everybody_reads_a_public_participation_with_its_public_stages(published, participation):
    source = Source.objects.create(
        publisher="Kominfo", title="Surat", address="https://example.test/surat"
    )
    participation.sources.add(source)

    row = caller().get(f"/api/v1/participations/{participation.pk}/").json()

    stages = row.pop("stages")
    assert row == {
        "url": f"{HOST}/participations/{participation.pk}/",
        "id": participation.pk,
        "regency": "33.15",
        "regency_name": "Kabupaten Grobogan",
        "kind": "kabupaten",
        "province": "33",
        "cohort": "2018",
        "entry": "listed",
        "status": "active",
        "area": None,
        "name_as_printed": "",
        "note": "",
        "publication": "public",
        "sources": [
            {
                "publisher": "Kominfo",
                "title": "Surat",
                "address": "https://example.test/surat",
                "published_on": None,
                "event_on": None,
            }
        ],
    }
    assert [(stage["number"], stage["status"], stage["is_late"]) for stage in stages] == [
        (1, "verified", False)
    ]
    assert set(stages[0]) == {
        "url",
        "id",
        "number",
        "title",
        "status",
        "is_late",
        "due_on",
        "publication",
        "submitted_at",
        "verified_at",
    }


@pytest.mark.parametrize(
    ("who", "numbers"),
    [
        ("officer", [1, 2, 3, 4]),
        ("contributor", [1, 2, 3, 4]),
        ("observer", [1, 2, 3, 4]),
        ("expert", [1, 2, 3, 4]),
        ("ministry", [1, 2, 3, 4]),
        ("stranger", [1]),
        ("nobody", [1]),
        (None, [1]),
    ],
)
def test_nested_stages_are_those_the_caller_may_read(who, numbers, published, request):
    client = caller(who and request.getfixturevalue(who))

    row = client.get("/api/v1/participations/").json()["results"][0]

    assert [stage["number"] for stage in row["stages"]] == numbers


@pytest.mark.parametrize(
    ("who", "seen"),
    [("officer", True), ("ministry", True), ("stranger", False), ("nobody", False), (None, False)],
)
def test_an_internal_participation_exists_only_for_those_in_sight(
    who, seen, participation, request
):
    Participation.objects.update(publication="internal")
    client = caller(who and request.getfixturevalue(who))
    found = ["33.15/2018"] if seen else []

    detail = client.get(f"/api/v1/participations/{participation.pk}/")

    assert detail.status_code == (200 if seen else 404)
    for query in ("", "?regency=33.15", "?cohort=2018", "?kind=kabupaten", "?ordering=-regency"):
        assert codes(client.get(f"/api/v1/participations/{query}")) == found, query


def test_filters_and_order(participation, elsewhere, cohort):
    toba = Area.objects.create(slug="danau-toba", name="Danau Toba")
    late = factories.make_participation(elsewhere, cohort, entry="late", area=toba)
    city = factories.make_regency("33.72")
    gone = factories.make_participation(
        city, factories.make_cohort(2019), status="withdrawn", status_reason="Mundur."
    )
    names = {participation.pk: "33.15/2018", late.pk: "35.16/2018", gone.pk: "33.72/2019"}
    client = caller()

    def found(query):
        return codes(client.get(f"/api/v1/participations/?{query}"))

    assert found("") == list(names.values())
    assert found("cohort=2019") == [names[gone.pk]]
    assert found("regency=35.16") == [names[late.pk]]
    assert found("province=33") == [names[participation.pk], names[gone.pk]]
    assert found("kind=kota") == [names[gone.pk]]
    assert found("entry=late") == [names[late.pk]]
    assert found("status=withdrawn") == [names[gone.pk]]
    assert found("area=danau-toba") == [names[late.pk]]
    assert found("ordering=-year,-regency") == ["33.72/2019", "35.16/2018", "33.15/2018"]


@pytest.mark.parametrize(
    ("rows", "who"), [(1, None), (30, None), (1, "ministry"), (30, "ministry")]
)
def test_a_page_costs_the_same_whatever_its_size(
    rows, who, cohort, request, django_assert_num_queries
):
    for place in range(rows):
        factories.make_participation(factories.make_regency(f"33.{place + 1:02}"), cohort)
    client = caller(who and request.getfixturevalue(who))
    client.get("/api/v1/provinces/")  # notes the token's use of today

    # count, rows, sources, stages; where there are stages also their sessions
    with django_assert_num_queries(7 if who else 4):
        response = client.get("/api/v1/participations/")

    assert len(codes(response)) == rows
