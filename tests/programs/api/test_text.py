"""NUL and halves of characters, wherever the API reads text: refused, never a fault of ours."""

import pytest

from programs.filters import CohortFilter, ParticipationFilter, StageFilter
from programs.models import BimtekStage
from regencies.filters import ProvinceFilter, RegencyFilter
from tests.api_clients import caller
from tests.factories import make_submitted

FILTERS = {
    "provinces": ProvinceFilter,
    "regencies": RegencyFilter,
    "cohorts": CohortFilter,
    "participations": ParticipationFilter,
    "stages": StageFilter,
}
PARAMETERS = [
    (f"{name}/", parameter)
    for name, filterset in FILTERS.items()
    for parameter in ["limit", "offset", "nonsense", *filterset.base_filters]
] + [("", "nonsense"), ("schema/", "lang"), ("schema/", "nonsense")]
#: NUL; a high and a low surrogate as UTF-8 would never write them; a byte that is not UTF-8.
SPOILED = ["%00", "a%00b", "%ED%A0%80", "%ED%B0%80", "%FF"]
FIELDS = ["starts_on", "ends_on", "mode", "venue", "council_count", "team_count", "other_count",
          "notes", "revision", "nonsense"]  # fmt: skip
ESCAPES = [r"\u0000", r"a\u0000b", r"\ud800", r"\udfff", r"\udc00\ud800"]


@pytest.mark.parametrize("value", SPOILED)
@pytest.mark.parametrize(("path", "name"), PARAMETERS)
def test_every_parameter_refuses_it(path, name, value, db):
    response = caller().get(f"/api/v1/{path}?{name}={value}")

    assert (response.status_code, response["Content-Type"]) == (400, "application/json")
    assert [error["attr"] for error in response.json()["errors"]] == [name]


@pytest.mark.parametrize("name", SPOILED)
@pytest.mark.parametrize("path", ["", "schema/", *(f"{name}/" for name in FILTERS)])
def test_so_does_the_name_of_a_parameter(path, name, db):
    response = caller().get(f"/api/v1/{path}?{name}=1")

    assert [error["code"] for error in response.json()["errors"]] == ["unknown_parameter"]


@pytest.mark.parametrize("part", SPOILED)
@pytest.mark.parametrize("place", [*FILTERS, "files", ""])
def test_no_address_holds_it(place, part, ministry):
    client = caller(ministry)

    for path in (f"{place}/{part}/", f"{place}/1{part}/", f"{part}/", f"{place}/1/{part}/"):
        response = client.get(f"/api/v1/{path}".replace("//", "/"))
        assert (response.status_code, response["Content-Type"]) == (404, "application/json"), path


@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize("name", FIELDS)
def test_every_field_of_a_stage_refuses_it(name, escape, stage, officer):
    rest = "" if name == "revision" else ', "revision": 1'
    response = _send(caller(officer).patch, stage, "", f'{{"{name}": "{escape}"{rest}}}')

    assert response.status_code == 400
    assert _untouched(stage)


@pytest.mark.parametrize("escape", ESCAPES)
def test_so_does_the_reason_of_a_return(escape, stage, signer, ministry):
    make_submitted(stage, by=signer)

    response = _send(caller(ministry).post, stage, "return/", f'{{"reason": "Buku {escape}"}}')

    assert response.status_code == 400
    assert BimtekStage.objects.get(pk=stage.pk).status == "submitted"


@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize("body", ['{{"{}": 1}}', '["{}"]', '"{}"', '{{"venue": {{"{}": []}}}}'])
@pytest.mark.parametrize("verb", ["", "submit/", "return/"])
def test_keys_and_nested_text_are_no_way_around(verb, body, escape, stage, officer):
    client = caller(officer)

    response = _send(client.post if verb else client.patch, stage, verb, body.format(escape))

    assert response.status_code == 400
    assert _untouched(stage)


def _send(method, stage, verb, body):
    return method(
        f"/api/v1/stages/{stage.pk}/{verb}", body.encode(), content_type="application/json"
    )


def _untouched(stage):
    return BimtekStage.objects.get(pk=stage.pk).revision == 1 and not stage.sessions.exists()
