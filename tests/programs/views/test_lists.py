"""Lists cost the same number of queries for 1 row and for 30, and show what they should."""

import pytest
from django.urls import reverse

from programs.models import Participation
from regencies.access import Role
from tests import factories


def populate(count, cohort, publication="public"):
    """``count`` participations in province 33, beside the one of the cast."""
    for number in range(1, count):
        regency = factories.make_regency(
            f"33.{number:02d}" if number < 15 else f"33.{number + 1:02d}"
        )
        Participation.objects.create(regency=regency, cohort=cohort, publication=publication)
    factories.opening.open_stages(cohort, by=None)


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    ("name", "args", "queries"),
    [
        ("start", [], 3),
        ("cohort-detail", ["2018"], 3),
        ("regency-list", [], 2),
    ],
)
def test_public_pages_have_a_fixed_number_of_queries(
    client, participation, cohort, count, name, args, queries, django_assert_num_queries
):
    populate(count, cohort)

    with django_assert_num_queries(queries):
        assert client.get(reverse(f"programs:{name}", args=args)).status_code == 200


@pytest.mark.parametrize("count", [1, 8])
def test_a_regions_page_costs_the_same_for_one_cohort_and_for_eight(
    client, regency, count, django_assert_num_queries
):
    for year in range(2017, 2017 + count):
        participation = factories.make_participation(regency, factories.make_cohort(year))
        for number in range(3):
            participation.sources.add(factories.make_source(f"https://koran.example/{number}"))

    with django_assert_num_queries(5):
        response = client.get(regency.get_absolute_url())
    assert len(response.context["participations"]) == count


@pytest.mark.parametrize("count", [1, 8])
def test_an_officers_workspace_costs_the_same_for_one_cohort_and_for_eight(
    client, regency, officer, count, django_assert_num_queries
):
    for year in range(2017, 2017 + count):
        factories.make_participation(regency, factories.make_cohort(year))
    client.force_login(officer)

    with django_assert_num_queries(9):
        client.get(reverse("programs:workspace"))


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("who", "queries"), [("observer", 6), ("ministry", 6)])
def test_the_workspace_has_a_fixed_number_of_queries(
    client, participation, cohort, count, who, queries, request, django_assert_num_queries
):
    populate(count, cohort)
    client.force_login(request.getfixturevalue(who))

    with django_assert_num_queries(queries):
        client.get(reverse("programs:workspace"))


def test_the_task_list_shows_what_is_owed_most_urgent_first(client, participation, officer):
    client.force_login(officer)

    tasks = client.get(reverse("programs:workspace")).context["tasks"]

    assert [task.definition.number for task in tasks] == [1, 2, 3, 4]
    assert all(task.is_late for task in tasks)


def test_the_ministry_sees_what_waits(client, stage, signer, ministry):
    factories.make_submitted(stage, signer)
    client.force_login(ministry)

    assert client.get(reverse("programs:workspace")).context["waiting"] == [stage]


def test_an_account_without_a_region_is_told_what_to_do(client, nobody):
    client.force_login(nobody)

    text = client.get(reverse("programs:workspace")).content.decode()

    assert "belum terhubung dengan daerah" in text


def test_an_ended_membership_shows_nothing(client, participation, regency):
    former = factories.make_user(role=Role.OFFICER, regency=regency)
    former.memberships.update(ends_on="2020-01-01")
    client.force_login(former)

    assert client.get(participation.get_absolute_url()).status_code == 404


def test_internal_rows_are_on_no_public_page(client, regency, cohort):
    factories.make_participation(regency, cohort, publication="internal")

    assert client.get(regency.get_absolute_url()).context["participations"].count() == 0
    assert client.get(cohort.get_absolute_url()).context["participations"].count() == 0


@pytest.mark.parametrize("typed", ["grobogan", "KAB. GROBOGAN", "33.15", "Kabupaten grobogan"])
def test_a_region_is_found_in_any_spelling(client, regency, typed):
    found = client.get(reverse("programs:regency-list"), {"q": typed}).context["page"]

    assert list(found) == [regency]


def test_a_search_without_a_match_says_so(client, regency):
    text = client.get(reverse("programs:regency-list"), {"q": "<script>"}).content.decode()

    assert "Tidak ada daerah yang cocok dengan “&lt;script&gt;”" in text
