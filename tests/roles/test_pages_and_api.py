"""The role matrix: every URL and API route x every role x own and foreign region.

One row per route and method; a new route without a row fails. The own region is 33.15,
the foreign one lies in another province; both participations are internal. "In sight but
not yours to do" is 403, "out of sight" 404; pages send visitors to sign in (302).
"""

import pytest
from django.urls import reverse

from tests import factories
from tests.roles.walking import ROLES, enter, routes

# fmt: off
#                      anonymous nobody contributor officer signer observer expert ministry
EVERYBODY = "200       200    200         200     200    200      200    200"
PUBLIC    = EVERYBODY
SIGNED_IN = "302       200    200         200     200    200      200    200"
SEE_OWN   = "302       404    200         200     200    200      200    200"
SEE_FOREIGN = "302     404    404         404     404    404      404    200"
EDIT_OWN  = "302       404    403         200     200    403      403    403"
EDIT_FOREIGN = "302    404    404         404     404    404      404    403"
POST_EDIT = "302       404    403         302     302    403      403    403"
POST_SIGN = "302       404    403         403     302    403      403    403"

API_READ_OWN = "404    404    200         200     200    200      200    200"
API_READ_FOREIGN = "404 404   404         404     404    404      404    200"
API_EDIT_OWN = "401    404    403         200     200    403      403    403"
API_SIGN_OWN = "401    404    403         403     409    403      403    403"
API_TEST_OWN = "401    404    403         403     403    403      403    409"
API_WRITE_FOREIGN = "401 404  404         404     404    404      404    403"
API_TEST_FOREIGN = "401  404  404         404     404    404      404    409"

#: (route, method, whose region) -> the status for each role
PAGES = {
    ("programs:start", "get", "-"): PUBLIC,
    ("programs:about", "get", "-"): PUBLIC,
    ("programs:cohort-detail", "get", "-"): PUBLIC,
    ("programs:regency-list", "get", "-"): PUBLIC,
    ("programs:regency-detail", "get", "own"): PUBLIC,
    ("programs:regency-detail", "get", "foreign"): PUBLIC,
    ("programs:workspace", "get", "-"): SIGNED_IN,
    ("programs:cohort-matrix", "get", "-"): SEE_OWN,
    ("programs:participation-detail", "get", "own"): SEE_OWN,
    ("programs:participation-detail", "get", "foreign"): SEE_FOREIGN,
    ("programs:stage-detail", "get", "own"): SEE_OWN,
    ("programs:stage-detail", "get", "foreign"): SEE_FOREIGN,
    ("programs:stage-edit", "get", "own"): EDIT_OWN,
    ("programs:stage-edit", "get", "foreign"): EDIT_FOREIGN,
    ("programs:stage-edit", "post", "own"): POST_EDIT,
    ("programs:stage-edit", "post", "foreign"): EDIT_FOREIGN,
    ("programs:stage-check", "get", "own"): SEE_OWN,
    ("programs:stage-check", "get", "foreign"): SEE_FOREIGN,
    ("programs:stage-submit", "get", "own"):  # after signing in again: to the check page
                 "302       404    302         302     302    302      302    302",
    ("programs:stage-submit", "get", "foreign"):
                 "302       404    404         404     404    404      404    302",
    ("programs:stage-submit", "post", "own"): POST_SIGN,
    ("programs:stage-submit", "post", "foreign"): EDIT_FOREIGN,
    ("programs:stage-submitted", "get", "own"):  # a draft has no receipt: back to the stage
                 "302       404    302         302     302    302      302    302",
    ("programs:stage-submitted", "get", "foreign"):
                 "302       404    404         404     404    404      404    302",
    ("programs:stage-withdraw", "get", "own"):  # nothing to withdraw from a draft: back to it
                 "302       404    403         403     302    403      403    403",
    ("programs:stage-withdraw", "get", "foreign"): EDIT_FOREIGN,
    ("programs:stage-withdraw", "post", "own"): POST_SIGN,
    ("programs:stage-withdraw", "post", "foreign"): EDIT_FOREIGN,
    ("programs:output-upload", "get", "own"): EDIT_OWN,
    ("programs:output-upload", "get", "foreign"): EDIT_FOREIGN,
    ("programs:output-upload", "post", "own"): POST_EDIT,
    ("programs:output-upload", "post", "foreign"): EDIT_FOREIGN,
    ("programs:output-file", "get", "own"): SEE_OWN,
    ("programs:output-file", "get", "foreign"): SEE_FOREIGN,
    ("programs:output-remove", "post", "own"): POST_EDIT,
    ("programs:output-remove", "post", "foreign"): EDIT_FOREIGN,
    ("regencies:account", "get", "-"): SIGNED_IN,
    ("regencies:token-list", "get", "-"): SIGNED_IN,
    ("regencies:token-make", "get", "-"): SIGNED_IN,
    ("regencies:token-revoke", "get", "-"):  # somebody else's token
                 "302       404    404         404     404    404      404    404",
    ("account_login", "get", "-"):
                 "200       302    302         302     302    302      302    302",
    ("account_logout", "get", "-"):
                 "302       200    200         200     200    200      200    200",
    ("account_change_password", "get", "-"): SIGNED_IN,
    ("account_set_password", "get", "-"):
                 "302       302    302         302     302    302      302    302",
    ("account_reset_password", "get", "-"): PUBLIC,
    ("account_reset_password_done", "get", "-"): PUBLIC,
    ("account_reset_password_from_key", "get", "-"): PUBLIC,
    ("account_reset_password_from_key_done", "get", "-"): PUBLIC,
    ("set_language", "post", "-"):
                 "302       302    302         302     302    302      302    302",
    ("healthz", "get", "-"): PUBLIC,
    ("readyz", "get", "-"): PUBLIC,
}

API = {
    ("api-v1:api-root", "get", "-"): PUBLIC,
    ("api-v1:schema", "get", "-"): PUBLIC,
    ("api-v1:docs", "get", "-"): PUBLIC,
    ("api-v1:unknown", "get", "-"):
                 "404       404    404         404     404    404      404    404",
    ("api-v1:province-list", "get", "-"): PUBLIC,
    ("api-v1:province-detail", "get", "-"): PUBLIC,
    ("api-v1:regency-list", "get", "-"): PUBLIC,
    ("api-v1:regency-detail", "get", "own"): PUBLIC,
    ("api-v1:regency-detail", "get", "foreign"): PUBLIC,
    ("api-v1:cohort-list", "get", "-"): PUBLIC,
    ("api-v1:cohort-detail", "get", "-"): PUBLIC,
    ("api-v1:participation-list", "get", "-"): PUBLIC,
    ("api-v1:participation-detail", "get", "own"): API_READ_OWN,
    ("api-v1:participation-detail", "get", "foreign"): API_READ_FOREIGN,
    ("api-v1:file", "get", "own"): API_READ_OWN,
    ("api-v1:file", "get", "foreign"): API_READ_FOREIGN,
    ("api-v1:stage-list", "get", "-"): PUBLIC,
    ("api-v1:stage-detail", "get", "own"): API_READ_OWN,
    ("api-v1:stage-detail", "get", "foreign"): API_READ_FOREIGN,
    ("api-v1:stage-detail", "patch", "own"): API_EDIT_OWN,
    ("api-v1:stage-detail", "patch", "foreign"): API_WRITE_FOREIGN,
    ("api-v1:stage-submit", "post", "own"): API_SIGN_OWN,
    ("api-v1:stage-submit", "post", "foreign"): API_WRITE_FOREIGN,
    ("api-v1:stage-withdraw", "post", "own"): API_SIGN_OWN,
    ("api-v1:stage-withdraw", "post", "foreign"): API_WRITE_FOREIGN,
    ("api-v1:stage-return", "post", "own"): API_TEST_OWN,
    ("api-v1:stage-return", "post", "foreign"): API_TEST_FOREIGN,
    ("api-v1:stage-verify", "post", "own"): API_TEST_OWN,
    ("api-v1:stage-verify", "post", "foreign"): API_TEST_FOREIGN,
    ("api-v1:stage-publish", "post", "own"): API_TEST_OWN,
    ("api-v1:stage-publish", "post", "foreign"): API_TEST_FOREIGN,
    ("api-v1:stage-unpublish", "post", "own"): API_TEST_OWN,
    ("api-v1:stage-unpublish", "post", "foreign"): API_TEST_FOREIGN,
}
# fmt: on


def test_every_route_has_a_row():
    named = {route for route in routes() if not route.startswith("admin:")}

    assert named == {route for route, _method, _whose in PAGES | API}


def address(route, rows, cohort):
    """The URL of ``route`` for one region's rows."""
    noun = route.rpartition(":")[2]
    args = {
        "cohort-detail": [cohort.slug],
        "cohort-matrix": [cohort.slug],
        "regency-detail": [rows["regency"].code],
        "province-detail": [rows["regency"].province.code],
        "participation-detail": [rows["participation"].pk],
        "output-upload": [rows["output"].pk],
        "output-file": [rows["version"].pk],
        "output-remove": [rows["version"].pk],
        "file": [rows["version"].pk],
        "token-revoke": ["00000000-0000-4000-8000-000000000000"],
        "account_reset_password_from_key": ["x", "y-z"],
    }
    if noun in {"healthz", "readyz"}:
        return f"/{noun}"
    if noun == "unknown":
        return "/api/v1/nothing-here/"
    default = [rows["stage"].pk] if noun.startswith("stage-") and noun != "stage-list" else []
    return reverse(route, args=args.get(noun, default))


def body_of(route, stage):
    noun = route.rpartition(":")[2]
    if route == "programs:output-upload":
        return {"file": factories.pdf(), "note": ""}
    if noun == "stage-return":
        return {"reason": "Lengkapi"}
    return {"revision": stage.revision, "venue": "Pendopo"} if "stage" in noun else {}


def ask(client, route, method, rows, cohort):
    body = body_of(route, rows["stage"]) if method != "get" else None
    is_json = route.startswith("api-v1:") and method != "get"
    if is_json and not route.endswith(("stage-detail", "stage-return")):
        body = {}
    extra = {"content_type": "application/json"} if is_json else {}
    response = getattr(client, method)(address(route, rows, cohort), body, **extra)
    if response.streaming:
        list(response.streaming_content)  # which closes the file
    return response.status_code


CASES = [pytest.param(row, expected, id=" ".join(row)) for row, expected in (PAGES | API).items()]


@pytest.mark.parametrize(("row", "expected"), CASES)
def test_the_matrix(row, expected, site, cohort, client, request):
    route, method, whose = row
    rows = site["own" if whose == "-" else whose]

    answers = []
    for role in ROLES:
        enter(client, role, request)
        answers.append(str(ask(client, route, method, rows, cohort)))
        if route == "programs:output-remove" and role in {"officer", "signer"} and whose == "own":
            rows["version"] = factories.outputs.attach(
                rows["output"], by=request.getfixturevalue("signer"), upload=factories.pdf()
            )
        rows["stage"].refresh_from_db()

    assert dict(zip(ROLES, answers, strict=True)) == dict(
        zip(ROLES, expected.split(), strict=True)
    )
