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
def test_an_unpublished_cohort_without_participants_is_for_those_who_manage(who, cohort, request):
    factories.make_cohort(2030, publication="internal")
    client = caller(who and request.getfixturevalue(who))
    manages = who == "ministry"

    assert slugs(client.get("/api/v1/cohorts/")) == ["2018"] + ["2030"] * manages
    assert slugs(client.get("/api/v1/cohorts/?year=2030")) == ["2030"] * manages
    assert client.get("/api/v1/cohorts/2030/").status_code == (200 if manages else 404)


IN_SIGHT = ["officer", "signer", "contributor", "observer", "expert", "ministry"]
OUTSIDE = ["stranger", "nobody", None]


@pytest.mark.parametrize("who", IN_SIGHT + OUTSIDE)
@pytest.mark.parametrize("is_example", [False, True])
def test_an_internal_cohort_exists_for_those_who_see_one_of_its_participations(
    who, is_example, participation, elsewhere, cohort, request
):
    """Once, with the counts of the public: none of its rows is published."""
    factories.make_participation(factories.make_regency("33.16"), cohort)
    factories.make_participation(elsewhere, factories.make_cohort(2019, publication="internal"))
    cohort.publication, cohort.is_example = "internal", is_example
    cohort.save()
    client = caller(who and request.getfixturevalue(who))
    own = {"stranger": ["2019"], "ministry": ["2018", "2019"]}.get(who, ["2018"])
    seen = own if who in IN_SIGHT or who == "stranger" else []

    rows = client.get("/api/v1/cohorts/").json()

    assert (rows["count"], [row["slug"] for row in rows["results"]]) == (len(seen), seen)
    assert {(row["entries"], row["late_entrants"]) for row in rows["results"]} <= {(0, 0)}
    for slug in ("2018", "2019"):
        status = client.get(f"/api/v1/cohorts/{slug}/").status_code
        assert status == (200 if slug in seen else 404)


@pytest.mark.parametrize(
    ("who", "queries"), [(None, 3), ("officer", 5), ("expert", 6), ("ministry", 5)]
)
@pytest.mark.parametrize("cohorts", [1, 30])
def test_a_page_costs_the_same_whatever_its_size(
    cohorts, who, queries, regency, request, django_assert_num_queries
):
    for year in range(cohorts):
        cohort = factories.make_cohort(2020 + year)
        factories.make_participation(regency, cohort)
    client = caller(who and _person(who, request))
    client.get("/api/v1/provinces/")  # notes the token's use of today

    # count, rows, stages; a token adds itself and memberships, an expert the assignments
    with django_assert_num_queries(queries):
        response = client.get("/api/v1/cohorts/")

    assert len(slugs(response)) == cohorts


def _person(who, request):
    if who == "expert":  # the fixture would bring a cohort of its own
        return factories.make_user(role="expert")
    return request.getfixturevalue(who)
