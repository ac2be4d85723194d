"""The lists without a file of their own: as many queries for thirty rows as for one."""

import pytest
from django.urls import reverse

from regencies.access import Role
from tests.factories import (
    make_agency,
    make_participation,
    make_regency,
    make_source,
    make_submitted,
    make_user,
    stage_of,
)


def submitted(number, cohort):
    return make_submitted(stage_of(make_participation(make_regency(f"33.{number:02}"), cohort)))


def cited(number, cohort):
    participation = make_participation(make_regency(f"33.{number:02}"), cohort)
    participation.sources.add(make_source(f"https://example.org/{number}"))


def granted(number, cohort):
    agency = make_agency(make_regency(f"33.{number:02}"))
    make_user(role=Role.CONTRIBUTOR, agency=agency)


def opened(number, cohort):
    make_agency(make_regency(f"33.{number:02}"))


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    ("name", "make", "own", "queries"),
    [
        ("programs_transition", submitted, 0, 16),
        ("programs_stageversion", submitted, 0, 11),
        ("programs_source", cited, 0, 9),
        ("regencies_membership", granted, 1, 14),  # the ministry's own is there too
        ("regencies_agency", opened, 0, 7),
    ],
)
def test_a_list_takes_the_same_queries_however_long(
    name, make, own, queries, count, client, ministry, cohort, django_assert_num_queries
):
    for number in range(1, count + 1):
        make(number, cohort)
    client.force_login(ministry)

    with django_assert_num_queries(queries):
        response = client.get(reverse(f"admin:{name}_changelist"))

    assert len(response.context["cl"].result_list) == count + own
