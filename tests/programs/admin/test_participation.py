import pytest
from django.urls import reverse

from programs.models import Assignment, Participation, Source
from tests.factories import make_participation, make_regency, make_user, stage_of

LIST = reverse("admin:programs_participation_changelist")


def page_of(participation):
    return reverse("admin:programs_participation_change", args=[participation.pk])


def form_of(participation, **fields):
    return {
        "entry": participation.entry,
        "status": participation.status,
        "publication": participation.publication,
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
    client.force_login(ministry)

    def replaced_by(pk):
        fields = form_of(participation, status="replaced", replaced_by=pk)
        return client.post(page_of(participation), fields).status_code

    assert [replaced_by(participation.pk), replaced_by("")] == [200, 200]
    assert replaced_by(other.pk) == 302
    assert Participation.objects.get(pk=participation.pk).replaced_by == other


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

    with django_assert_num_queries(13):
        response = client.get(LIST)

    assert len(response.context["cl"].result_list) == count
