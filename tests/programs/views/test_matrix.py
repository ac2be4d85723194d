import re

import pytest
from django.urls import reverse

from programs.domain import stages
from programs.models import BimtekStage, Participation
from tests.factories import make_cohort, make_participation, make_regency, make_submitted, stage_of


def matrix(client, cohort, **query):
    return client.get(reverse("programs:cohort-matrix", args=[cohort.slug]), query)


def regions(response):
    return [row.participation.regency.code for row in response.context["rows"]]


def totals(response):
    return {kind: counts for kind, _label, counts, _sum in response.context["totals"]}


@pytest.fixture
def country(cohort, participation, elsewhere):
    """Grobogan has submitted its first stage; its neighbour and Mojokerto have not."""
    make_participation(make_regency("33.16"), cohort)
    make_participation(elsewhere, cohort)
    make_submitted(stage_of(participation))
    return cohort


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        ("ministry", ["33.15", "33.16", "35.16"]),
        ("observer", ["33.15", "33.16"]),
        ("officer", ["33.15"]),
        ("signer", ["33.15"]),
        ("contributor", ["33.15"]),
        ("expert", ["33.15"]),
        ("stranger", ["35.16"]),
    ],
)
def test_everyone_sees_their_own_part(who, codes, client, country, request):
    client.force_login(request.getfixturevalue(who))

    assert regions(matrix(client, country)) == codes


def test_without_anything_in_sight_there_is_no_matrix(client, country, nobody, officer):
    client.force_login(nobody)
    assert matrix(client, country).status_code == 404

    client.force_login(officer)
    assert matrix(client, make_cohort(2019)).status_code == 404
    assert client.get("/cohorts/1999/matrix/").status_code == 404


def test_a_visitor_is_asked_to_sign_in(client, country):
    response = matrix(client, country)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


def test_the_matrix_is_only_read(client, country, ministry):
    client.force_login(ministry)
    address = reverse("programs:cohort-matrix", args=[country.slug])

    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


def test_every_cell_says_how_it_stands_and_leads_to_its_stage(client, country, ministry):
    client.force_login(ministry)

    response = matrix(client, country)

    page = response.content.decode()
    for stage in BimtekStage.objects.all():
        assert f'href="{stage.get_absolute_url()}"' in page
    first = response.context["rows"][0].stages
    assert [(stage.status, stage.is_late) for stage in first] == [
        ("submitted", False),
        ("draft", True),
        ("draft", True),
        ("draft", True),
    ]


def test_totals_count_the_shown_rows(client, country, ministry, participation):
    stages.verify(stage_of(participation), by=ministry)
    client.force_login(ministry)

    assert totals(matrix(client, country)) == {
        "draft": [2, 3, 3, 3],
        "submitted": [0, 0, 0, 0],
        "returned": [0, 0, 0, 0],
        "verified": [1, 0, 0, 0],
        "late": [2, 3, 3, 3],
    }
    assert totals(matrix(client, country, province="35"))["draft"] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"province": "33"}, ["33.15", "33.16"]),
        ({"status": "submitted"}, ["33.15"]),
        ({"status": "submitted", "late": "on"}, []),
        ({"late": "on", "province": "35"}, ["35.16"]),
        ({"status": "verified"}, []),
        ({"sort": "progress", "province": "33"}, ["33.15", "33.16"]),
    ],
)
def test_filters_narrow_the_rows(query, codes, client, country, ministry):
    client.force_login(ministry)

    response = matrix(client, country, **query)

    assert (response.status_code, regions(response)) == (200, codes)


def test_the_furthest_come_first_on_request(client, country, ministry):
    last = Participation.objects.get(regency__code="35.16")
    stages.verify(make_submitted(stage_of(last)), by=ministry)
    client.force_login(ministry)

    assert regions(matrix(client, country, sort="progress")) == ["35.16", "33.15", "33.16"]


@pytest.mark.parametrize(
    "query",
    [{"province": "99"}, {"status": "x"}, {"sort": "'"}, {"province": "3\0"}, {"status": "\0"}],
)
def test_a_filter_that_makes_no_sense_is_named_and_narrows_nothing(
    query, client, country, ministry
):
    client.force_login(ministry)

    response = matrix(client, country, **query)

    assert list(response.context["form"].errors) == list(query)
    assert len(regions(response)) == 3


def test_a_province_out_of_sight_is_not_even_offered(client, country, observer):
    client.force_login(observer)

    choices = matrix(client, country).context["form"].fields["province"].choices

    assert [code for code, _name in choices] == ["", "33"]


def test_who_left_owes_nothing(client, country, ministry, participation):
    Participation.objects.filter(pk=participation.pk).update(
        status="withdrawn", status_reason="Mundur."
    )
    client.force_login(ministry)

    response = matrix(client, country, province="33")

    assert totals(response)["late"] == [1, 1, 1, 1]  # the neighbour alone


def test_a_stage_not_opened_yet_is_an_empty_cell(client, regency, cohort, ministry):
    Participation.objects.create(regency=regency, cohort=cohort)
    client.force_login(ministry)

    response = matrix(client, cohort)

    assert response.context["rows"][0].stages == [None] * 4
    assert totals(response)["draft"] == [0, 0, 0, 0]


@pytest.mark.parametrize("count", [1, 30])
def test_the_matrix_takes_the_same_queries_however_long(
    count, client, cohort, ministry, django_assert_num_queries
):
    for number in range(1, count + 1):
        make_participation(make_regency(f"33.{number:02}"), cohort)
    client.force_login(ministry)

    with django_assert_num_queries(8):
        response = matrix(client, cohort)

    assert len(response.context["rows"]) == count


def test_totals_count_stages_and_set_the_late_ones_apart(client, country, ministry):
    client.force_login(ministry)

    page = matrix(client, country).content.decode()

    table = page.partition('id="totals"')[2].partition("</table>")[0]
    body, apart = re.findall(r"<tbody>(.*?)</tbody>", table, re.DOTALL)
    assert body.count("<tr>") == 4
    assert "portal-tag--late" not in body
    assert apart.count("<tr>") == 1
    assert "portal-tag--late" in apart
