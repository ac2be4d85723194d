"""The role matrix: every URL and API route x every role x own and foreign region.

One row per route and method; a new route without a row fails. The own region is 33.15,
the foreign one lies in another province; both participations are internal. "In sight but
not yours to do" is 403, "out of sight" 404; pages send visitors to sign in (302).
"""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, get_resolver, reverse

from programs.models import Publication
from tests import factories

ROLES = [
    "anonymous",
    "nobody",
    "contributor",
    "officer",
    "signer",
    "observer",
    "expert",
    "ministry",
]

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

#: What the ministry gets in the admin; everybody else is sent to sign in or refused.
#:  list add change delete history
ADMIN = {
    "regencies_province":      "200 200 200 403 200",
    "regencies_regency":       "200 200 200 403 200",
    "regencies_area":          "200 200 200 200 200",
    "regencies_agency":        "200 200 200 403 200",
    "regencies_officeterm":    "200 200 200 403 200",
    "regencies_user":          "200 200 200 403 200",
    "regencies_membership":    "200 200 200 403 200",
    "regencies_apitoken":      "200 403 302 403 302",
    "programs_program":        "200 200 200 403 200",
    "programs_cohort":         "200 200 200 403 200",
    "programs_stagedefinition": "200 200 200 403 200",
    "programs_source":         "200 200 200 200 200",
    "programs_participation":  "200 200 200 403 200",
    "programs_bimtekstage":    "200 403 200 403 200",
    "programs_stageversion":   "200 403 200 403 200",
    "programs_transition":     "200 403 200 403 200",
}

# A visitor is sent to sign in, who is signed in without the right is refused, and Django's
# own pages answer 405 to a method they do not know.
DOOR      = "302       403    403         403     403    403      403    {}"
#: Admin routes that are not a model's usual five: (route, method) -> the status for each role
ADMIN_OWN = {
    ("index", "get"): DOOR.format(200),
    ("index", "post"): DOOR.format(200),
    ("app_list", "get"): DOOR.format(200),
    ("app_list", "post"): DOOR.format(200),
    ("login", "get"):  # the portal's own sign-in, or the index that refuses
                 "302       302    302         302     302    302      302    302",
    ("login", "post"):
                 "302       302    302         302     302    302      302    302",
    ("logout", "get"): DOOR.format(405),
    ("logout", "post"): DOOR.format(302),
    ("password_change", "get"): DOOR.format(302),
    ("password_change", "post"): DOOR.format(302),
    ("password_change_done", "get"): DOOR.format(200),
    ("password_change_done", "post"): DOOR.format(405),
    ("autocomplete", "get"): DOOR.format(200),
    ("autocomplete", "post"): DOOR.format(405),
    ("jsi18n", "get"): DOOR.format(200),
    ("jsi18n", "post"): DOOR.format(405),
    ("view_on_site", "get"): DOOR.format(302),
    ("view_on_site", "post"): DOOR.format(302),
    ("programs_bimtekstage_step", "get"): DOOR.format(200),
    ("programs_bimtekstage_step", "post"): DOOR.format(200),
    ("programs_cohort_open", "get"): DOOR.format(200),
    ("programs_cohort_open", "post"): DOOR.format(302),
    ("regencies_apitoken_revoke", "get"): DOOR.format(200),
    ("regencies_apitoken_revoke", "post"): DOOR.format(302),
}
# fmt: on
ADMIN_ROOMS = ["changelist", "add", "change", "delete", "history"]


def routes(resolver=None, namespace=""):
    """Every named route of the site; health probes have paths instead of names."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or str(pattern.pattern)}"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern, inner)


def test_every_route_has_a_row():
    named = {route for route in routes() if not route.startswith("admin:")}

    assert named == {route for route, _method, _whose in PAGES | API}


def test_every_admin_route_has_a_row():
    named = {route.removeprefix("admin:") for route in routes() if route.startswith("admin:")}
    usual = {f"{model}_{room}" for model in ADMIN for room in ADMIN_ROOMS}

    own = {route for route, _method in ADMIN_OWN}

    assert {name for name in named if "/" not in name and "(" not in name} == usual | own


@pytest.fixture
def site(regency, elsewhere, cohort, ministry, signer, stranger):
    """An internal participation with one uploaded file in each of the two regions."""
    made = {}
    for whose, place, by in (("own", regency, signer), ("foreign", elsewhere, stranger)):
        participation = factories.make_participation(
            place, cohort, publication=Publication.INTERNAL
        )
        stage = factories.stage_of(participation)
        output = stage.outputs.get()
        version = factories.outputs.attach(output, by=by, upload=factories.pdf())
        made[whose] = {
            "regency": place, "participation": participation, "stage": stage, "output": output,
            "version": version,
        }  # fmt: skip
    return made


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
def test_the_matrix(row, expected, site, cohort, client, request, expert_of_own):
    route, method, whose = row
    rows = site["own" if whose == "-" else whose]

    answers = []
    for role in ROLES:
        client.logout()
        if role != "anonymous":
            client.force_login(
                request.getfixturevalue(role) if role != "expert" else expert_of_own
            )
        answers.append(str(ask(client, route, method, rows, cohort)))
        if route == "programs:output-remove" and role in {"officer", "signer"} and whose == "own":
            rows["version"] = factories.outputs.attach(
                rows["output"], by=request.getfixturevalue("signer"), upload=factories.pdf()
            )
        rows["stage"].refresh_from_db()

    assert dict(zip(ROLES, answers, strict=True)) == dict(
        zip(ROLES, expected.split(), strict=True)
    )


@pytest.fixture
def expert_of_own(site):
    expert = factories.make_user("expert@test.example", "expert")
    site["own"]["participation"].assignments.create(expert=expert)
    return expert


@pytest.fixture
def admin_rows(site, signer, ministry):
    """One row of each model of the admin."""
    from regencies.models import ApiToken, Area, OfficeTerm  # noqa: PLC0415 -- only here

    stage = factories.make_submitted(site["own"]["stage"], signer)
    return {
        "regencies_province": site["own"]["regency"].province,
        "regencies_regency": site["own"]["regency"],
        "regencies_area": Area.objects.create(slug="toba", name="Danau Toba"),
        "regencies_agency": factories.make_agency(site["own"]["regency"]),
        "regencies_officeterm": OfficeTerm.objects.create(
            regency=site["own"]["regency"], person="Sri Sumarni", title="Bupati"
        ),
        "regencies_user": signer,
        "regencies_membership": signer.memberships.get(),
        "regencies_apitoken": ApiToken.objects.create(user=ministry, name="uji")[0],
        "programs_program": stage.participation.cohort.program,
        "programs_cohort": stage.participation.cohort,
        "programs_stagedefinition": stage.definition,
        "programs_source": factories.make_source(),
        "programs_participation": stage.participation,
        "programs_bimtekstage": stage,
        "programs_stageversion": stage.versions.get(),
        "programs_transition": stage.transitions.get(),
    }


def admin_addresses(admin_rows):
    for model, row in admin_rows.items():
        for room in ADMIN_ROOMS:
            args = [] if room in {"changelist", "add"} else [row.pk]
            yield model, room, reverse(f"admin:{model}_{room}", args=args)


def test_the_ministry_in_the_admin(admin_rows, client, ministry):
    client.force_login(ministry)

    answers = {model: [] for model in ADMIN}
    for model, _room, url in admin_addresses(admin_rows):
        answers[model].append(str(client.get(url).status_code))

    assert {model: " ".join(found) for model, found in answers.items()} == ADMIN


def enter(client, role, request):
    """Sign in as ``role``; the expert is the one assigned to the site's own region."""
    client.logout()
    if role != "anonymous":
        client.force_login(request.getfixturevalue("expert_of_own" if role == "expert" else role))


@pytest.mark.parametrize("role", [role for role in ROLES if role != "ministry"])
def test_nobody_else_enters_the_admin(role, admin_rows, client, request):
    enter(client, role, request)

    entered = [
        (method, url)
        for _model, _room, url in admin_addresses(admin_rows)
        for method in ("get", "post")
        if getattr(client, method)(url).status_code not in {302, 403, 404}
    ]

    assert entered == []


def own_address(route, rows):
    """The URL of an admin route of its own, and what to send there."""
    stage, token = rows["programs_bimtekstage"], rows["regencies_apitoken"]
    search = {"app_label": "regencies", "model_name": "agency", "field_name": "regency"}
    args = {
        "app_list": ["programs"],
        "view_on_site": [
            ContentType.objects.get_for_model(stage).pk,
            stage.pk,
        ],
        "programs_bimtekstage_step": ["verify"],
        "regencies_apitoken_revoke": [token.public_id],
    }
    body = {
        "autocomplete": search,
        "programs_bimtekstage_step": {"rows": stage.pk},
        "programs_cohort_open": {"rows": stage.participation.cohort.slug},
    }
    return reverse(f"admin:{route}", args=args.get(route, [])), body.get(route, {})


OWN_CASES = [pytest.param(row, expected, id=" ".join(row)) for row, expected in ADMIN_OWN.items()]


@pytest.mark.parametrize(("row", "expected"), OWN_CASES)
def test_the_admins_own_routes(row, expected, admin_rows, client, request):
    route, method = row
    url, body = own_address(route, admin_rows)
    stage = admin_rows["programs_bimtekstage"]

    answers = []
    for role in ROLES:
        stage.refresh_from_db()
        assert stage.status == "submitted"  # whoever came before
        enter(client, role, request)
        answers.append(str(getattr(client, method)(url, body).status_code))

    assert dict(zip(ROLES, answers, strict=True)) == dict(
        zip(ROLES, expected.split(), strict=True)
    )
