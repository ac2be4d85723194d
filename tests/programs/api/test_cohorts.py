import pytest

from tests import factories
from tests.api_clients import caller

EVERYBODY = ["officer", "stranger", "nobody", "expert", "ministry", None]


def slugs(response):
    assert response.status_code == 200, response.json()
    return [row["slug"] for row in response.json()["results"]]


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_public_cohort_says_the_same_to_everybody(
    who, participation, elsewhere, cohort, request
):
    factories.make_participation(elsewhere, cohort, entry="late")
    factories.make_participation(factories.make_regency("33.72"), cohort, publication="internal")

    row = caller(who and request.getfixturevalue(who)).get("/api/v1/cohorts/2018/").json()

    assert row == {
        "url": "http://testserver/api/v1/cohorts/2018/",
        "slug": "2018",
        "program": "Gerakan",
        "year": 2018,
        "phase": "Tahap 2018",
        "official_size": None,
        "list_is_complete": False,
        "entries": 1,
        "late_entrants": 1,
        "note": "",
        "memoranda_signed_on": None,
        "is_example": False,
        "publication": "public",
        "stages": [
            {"number": n, "title": f"Tahap {n}", "purpose": "", "due_on": f"2018-0{4 + n}-10"}
            for n in range(1, 5)
        ],
    }


@pytest.mark.parametrize("who", EVERYBODY)
def test_unpublished_cohorts_exist_only_for_those_who_manage(who, cohort, request):
    factories.make_cohort(2030, publication="internal")
    client = caller(who and request.getfixturevalue(who))
    manages = who == "ministry"

    assert slugs(client.get("/api/v1/cohorts/")) == ["2018"] + ["2030"] * manages
    assert slugs(client.get("/api/v1/cohorts/?year=2030")) == ["2030"] * manages
    assert client.get("/api/v1/cohorts/2030/").status_code == (200 if manages else 404)


@pytest.mark.parametrize("cohorts", [1, 30])
def test_a_page_costs_the_same_whatever_its_size(cohorts, db, django_assert_num_queries):
    for year in range(cohorts):
        factories.make_cohort(2020 + year)

    with django_assert_num_queries(3):
        response = caller().get("/api/v1/cohorts/")

    assert len(slugs(response)) == cohorts
