"""What every endpoint refuses, and how: parameters, paging, unknown addresses, faults."""

import pytest

from tests import factories
from tests.api_clients import caller, refusal

REGENCY_PARAMETERS = "format, kind, limit, offset, ordering, province, search"
LISTS = ["provinces", "regencies", "cohorts", "participations", "stages"]


def answer(response):
    return response.status_code, response.json()


def bad(code, detail, attr):
    return 400, refusal(code, detail, attr, "validation_error")


def test_an_unknown_parameter_is_named_with_those_that_are_known(db):
    text = f"Unknown parameter. Known here: {REGENCY_PARAMETERS}."
    response = caller().get("/api/v1/regencies/?knd=kota")

    assert answer(response) == bad("unknown_parameter", text, "knd")


@pytest.mark.parametrize("name", LISTS)
def test_every_list_refuses_what_it_does_not_know(name, db):
    response = caller().get(f"/api/v1/{name}/?nonsense=1")

    errors = response.json()["errors"]
    assert [(e["code"], e["attr"]) for e in errors] == [("unknown_parameter", "nonsense")]


def test_the_root_refuses_what_it_does_not_know(db):
    text = "Unknown parameter. Known here: format."

    assert answer(caller().get("/api/v1/?kind=kota")) == bad("unknown_parameter", text, "kind")
    assert list(caller().get("/api/v1/?format=json").json()) == LISTS


def test_a_parameter_given_twice_is_refused(db):
    response = caller().get("/api/v1/regencies/?kind=kota&kind=kabupaten")

    assert answer(response) == bad("repeated_parameter", "Give this parameter once.", "kind")


def test_a_single_row_takes_no_filter(regency):
    text = "Unknown parameter. Known here: format."

    response = caller().get("/api/v1/regencies/33.15/?kind=kota")

    assert answer(response) == bad("unknown_parameter", text, "kind")


@pytest.mark.parametrize(
    "query",
    [
        "regencies/?kind=desa",
        "regencies/?province=jateng",
        "regencies/?province=33%0A",
        "regencies/?ordering=population",
        "regencies/?search=%00",
        "cohorts/?year=2018.5",
        "participations/?regency=Grobogan",
        "participations/?cohort=a%20b",
        "stages/?number=5",
        "stages/?status=lost",
        "stages/?ordering=submitted_by",
        "stages/?publication=secret",
    ],
)
def test_a_bad_value_is_refused_at_its_parameter(query, db):
    response = caller().get(f"/api/v1/{query}")

    name = query.partition("?")[2].partition("=")[0]
    body = response.json()
    assert (response.status_code, body["type"]) == (400, "validation_error")
    assert [error["attr"] for error in body["errors"]] == [name]


@pytest.mark.parametrize("limit", ["0", "-1", "501", "abc", "", "1_0", "٣", "9" * 30])
def test_a_limit_out_of_range_is_refused(limit, db):
    response = caller().get("/api/v1/regencies/", {"limit": limit})

    assert answer(response) == bad("invalid", "Give a number from 1 to 500.", "limit")


@pytest.mark.parametrize("offset", ["-1", "abc", "9" * 30])
def test_an_offset_out_of_range_is_refused(offset, db):
    response = caller().get("/api/v1/regencies/", {"offset": offset})

    assert answer(response) == bad("invalid", "Give a number from 0 to 999999999.", "offset")


def test_pages_hold_fifty_rows_and_link_to_each_other(db):
    for place in range(60):
        factories.make_regency(f"33.{place + 1:02}")
    client = caller()

    first = client.get("/api/v1/regencies/").json()
    second = client.get(first["next"]).json()

    assert (first["count"], len(first["results"]), first["previous"]) == (60, 50, None)
    assert (len(second["results"]), second["next"]) == (10, None)
    assert len({row["code"] for row in first["results"] + second["results"]}) == 60
    assert client.get("/api/v1/regencies/?offset=999999999").json()["results"] == []


@pytest.mark.parametrize("path", ["nonsense/", "regencies/abc/", "stages/x/", "stages/1/explode/"])
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_unknown_addresses_answer_in_json(path, method, db):
    response = getattr(caller(), method)(f"/api/v1/{path}")

    assert answer(response) == (404, refusal("not_found", "Not found."))


def test_unknown_addresses_outside_the_version_answer_in_json(db):
    response = caller().get("/api/v0/stages/")

    assert answer(response) == (404, refusal("not_found", "There is nothing at this address."))


def test_unknown_pages_stay_pages(db):
    response = caller().get("/nothing/")

    assert (response.status_code, response["Content-Type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.parametrize("name", LISTS)
def test_reading_needs_no_login_and_is_not_redirected(name, db):
    assert caller().get(f"/api/v1/{name}/").status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_writing_a_list_is_401_for_the_public_and_405_for_others(name, ministry):
    assert caller().post(f"/api/v1/{name}/", {}).status_code == 401
    assert caller(ministry).post(f"/api/v1/{name}/", {}).status_code == 405


def test_a_body_that_is_not_json_is_refused(stage, officer):
    response = caller(officer).patch(
        f"/api/v1/stages/{stage.pk}/", "{", content_type="application/json"
    )

    assert (response.status_code, response.json()["errors"][0]["code"]) == (400, "parse_error")


@pytest.mark.parametrize(
    ("body", "status", "code", "detail"),
    [
        ("[" * 100_000, 400, "parse_error", "The body is nested too deeply."),
        ('"' + "x" * 3_000_000 + '"', 413, "too_large", "The request is too large."),
    ],
)
def test_a_body_made_to_choke_on_is_refused(body, status, code, detail, stage, officer):
    response = caller(officer).patch(
        f"/api/v1/stages/{stage.pk}/", body, content_type="application/json"
    )

    assert answer(response) == (status, refusal(code, detail))


def test_a_fault_of_ours_answers_in_json_and_tells_nothing(db, monkeypatch):
    def explode(*args):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("regencies.api.places.RegencyViewSet.get_queryset", explode)
    client = caller()
    client.raise_request_exception = False

    response = client.get("/api/v1/regencies/")

    assert answer(response) == (
        500,
        {
            "type": "server_error",
            "errors": [{"code": "error", "detail": "Server Error (500)", "attr": None}],
        },
    )
