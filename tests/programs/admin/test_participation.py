import pytest
from django.urls import reverse

from programs.models import Assignment, Participation, Source
from tests.factories import make_cohort, make_participation, make_regency, make_user, stage_of

LIST = reverse("admin:programs_participation_changelist")


def page_of(participation):
    return reverse("admin:programs_participation_change", args=[participation.pk])


def step(verb):
    return reverse("admin:programs_participation_step", args=[verb])


def outcome(response):
    return {row.pk: done for row, done, _words in response.context["results"]}


def status(participation):
    fields = ("status", "status_reason", "replaced_by")
    return Participation.objects.filter(pk=participation.pk).values_list(*fields).get()


def form_of(participation, **fields):
    return {
        "entry": participation.entry,
        "assignments-TOTAL_FORMS": 0,
        "assignments-INITIAL_FORMS": 0,
    } | fields


def test_region_and_cohort_stay_what_they_were(client, ministry, participation, elsewhere):
    client.force_login(ministry)

    response = client.post(
        page_of(participation), form_of(participation, regency=elsewhere.pk, entry="late")
    )

    assert response.status_code == 302
    changed = Participation.objects.get()
    assert (changed.regency, changed.entry) == (participation.regency, "late")


def test_one_is_replaced_by_another_of_the_same_cohort(client, ministry, participation, elsewhere):
    other = make_participation(elsewhere, participation.cohort)
    stranger = make_participation(elsewhere, make_cohort(2019))
    client.force_login(ministry)

    def replaced_by(pk, reason="Diganti."):
        sent = {"rows": participation.pk, "replacement": pk, "reason": reason}
        return client.post(step("replace"), sent).context

    for refused in (
        replaced_by(participation.pk),
        replaced_by(stranger.pk),
        replaced_by(""),
        replaced_by(other.pk, reason=""),
    ):
        assert refused["answer"].errors
    assert status(participation) == ("active", "", None)
    ((row, done, _words),) = replaced_by(other.pk)["results"]
    assert (row, done) == (participation, True)
    assert status(participation) == ("replaced", "Diganti.", other.pk)


def test_the_form_changes_no_status(client, ministry, participation, elsewhere):
    other = make_participation(elsewhere, participation.cohort)
    client.force_login(ministry)
    sent = form_of(
        participation,
        status="replaced",
        replaced_by=other.pk,
        status_reason="Lewat formulir.",
        status_since="2018-01-01",
        publication="internal",
    )

    assert client.post(page_of(participation), sent).status_code == 302
    assert status(participation) == ("active", "", None)
    participation.refresh_from_db()
    assert (participation.status_since, participation.publication) == (None, "public")


def test_several_are_withdrawn_and_reinstated_with_a_result_for_each(
    client, ministry, participation, elsewhere
):
    other = make_participation(elsewhere, participation.cohort)
    ended = {"rows": [participation.pk, other.pk], "reason": "Mundur.", "on": "2018-07-02"}
    client.force_login(ministry)
    client.post(step("withdraw"), ended | {"rows": other.pk})

    from_list = client.post(
        LIST, {"action": "withdraw", "_selected_action": [participation.pk, other.pk]}
    )
    refusals = {row.pk: bool(row.refusal) for row in from_list.context["rows"]}
    done = client.post(step("withdraw"), ended)
    back = client.post(step("reinstate"), {"rows": [other.pk], "reason": "Keliru."})

    assert refusals == {participation.pk: False, other.pk: True}
    assert outcome(done) == {participation.pk: True, other.pk: False}
    assert outcome(back) == {other.pk: True}
    assert status(participation) == ("withdrawn", "Mundur.", None)
    assert status(other) == ("active", "", None)


def test_the_change_page_leads_to_the_steps_that_are_open(client, ministry, participation):
    client.force_login(ministry)

    def offered():
        deeds = client.get(page_of(participation)).context["open_deeds"]
        return {deed.verb: address for deed, address in deeds}

    first = offered()
    client.post(step("withdraw"), {"rows": participation.pk, "reason": "Mundur."})

    assert set(first) == {"withdraw", "replace"}
    assert client.get(first["withdraw"]).context["rows"] == [participation]
    assert set(offered()) == {"reinstate"}


@pytest.mark.parametrize("verb", ["withdraw", "replace", "reinstate"])
@pytest.mark.parametrize("who", ["officer", "signer", "observer", "expert", "nobody", "boss"])
def test_nobody_but_the_ministry_ends_a_participation(verb, who, client, participation, request):
    client.force_login(request.getfixturevalue(who))
    sent = {"rows": participation.pk, "reason": "x"}

    assert client.get(step(verb), sent).status_code == 403
    assert client.post(step(verb), sent).status_code == 403
    assert status(participation)[0] == "active"


def test_the_history_is_told_in_plain_words(client, ministry, participation):
    client.force_login(ministry)
    client.post(step("withdraw"), {"rows": participation.pk, "reason": "Bupati baru menolak."})

    page = client.get(reverse("admin:programs_participation_history", args=[participation.pk]))

    newest = page.context["history"][0]
    assert (newest.who, newest.reason) == ("ministry@test.example", "Bupati baru menolak.")
    assert "Bupati baru menolak." in page.content.decode()


def test_the_page_leads_to_the_stages(client, ministry, participation):
    client.force_login(ministry)

    page = client.get(page_of(participation)).content.decode()

    for number in range(1, 5):
        stage = stage_of(participation, number)
        assert reverse("admin:programs_bimtekstage_change", args=[stage.pk]) in page


def test_only_experts_are_assigned(client, ministry, participation, officer):
    expert = make_user("pakar@test.example", "expert")
    client.force_login(ministry)

    def assign(person):
        row = {
            "assignments-TOTAL_FORMS": 1,
            "assignments-0-expert": person.pk,
            "assignments-0-assigned_on": "2026-01-05",
        }
        return client.post(page_of(participation), form_of(participation, **row)).status_code

    assert (assign(officer), assign(expert)) == (200, 302)
    assert Assignment.objects.get().expert == expert


def test_an_expert_whose_role_ended_still_steps_back(client, ministry, participation, expert):
    expert.memberships.update(ends_on="2018-01-01")
    row = Assignment.objects.get()
    client.force_login(ministry)

    response = client.post(
        page_of(participation),
        form_of(
            participation,
            **{
                "assignments-TOTAL_FORMS": 1,
                "assignments-INITIAL_FORMS": 1,
                "assignments-0-id": row.pk,
                "assignments-0-participation": participation.pk,
                "assignments-0-assigned_on": "2018-01-01",
                "assignments-0-recused_on": "2018-02-01",
            },
        ),
    )

    assert response.status_code == 302
    assert not Assignment.objects.open().exists()


@pytest.mark.parametrize("query", [{"q": "grobogan"}, {"province": "33"}, {"q": "33.15"}])
def test_the_list_is_narrowed_by_region(query, client, ministry, participation, elsewhere):
    make_participation(elsewhere, participation.cohort)
    client.force_login(ministry)

    response = client.get(LIST, query)

    assert list(response.context["cl"].result_list) == [participation]


def test_a_source_in_use_cannot_be_deleted_an_unused_one_can(client, ministry, participation):
    used = Source.objects.create(publisher="A", address="https://a.example/1")
    unused = Source.objects.create(publisher="B", address="https://b.example/1")
    participation.sources.add(used)
    client.force_login(ministry)

    for source in (used, unused):
        client.post(reverse("admin:programs_source_delete", args=[source.pk]), {"post": "yes"})

    assert list(Source.objects.all()) == [used]
    assert list(participation.sources.all()) == [used]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_however_long(
    count, client, ministry, cohort, django_assert_num_queries
):
    for number in range(1, count + 1):
        make_participation(make_regency(f"33.{number:02}"), cohort)
    client.force_login(ministry)

    with django_assert_num_queries(18):
        response = client.get(LIST)

    assert len(response.context["cl"].result_list) == count
