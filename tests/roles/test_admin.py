"""The role matrix of the admin: the ministry works there, nobody else enters."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from regencies.models import ApiToken, Area, OfficeTerm
from tests import factories, nouns, world
from tests.roles.walking import ROLES, enter, routes

# fmt: off
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
    "programs_requirement":    "200 200 200 403 200",
    "programs_source":         "200 200 200 200 200",
    "programs_participation":  "200 200 200 403 200",
    "programs_bimtekstage":    "200 403 200 403 200",
    "programs_stageversion":   "200 403 200 403 200",
    "programs_transition":     "200 403 200 403 200",
} | nouns.gathered("ADMIN")

#: Lists with import and export; their three routes answer alike.
EXCHANGED = [
    "regencies_province",
    "regencies_regency",
    "regencies_area",
    "regencies_agency",
    "regencies_officeterm",
    "programs_program",
    "programs_cohort",
    "programs_stagedefinition",
    "programs_requirement",
    "programs_source",
    "programs_participation",
]

#: Lists that only leave: rows given or moved by hand alone.
EXPORTED = [
    "regencies_user",
    "regencies_membership",
    "programs_bimtekstage",
    "programs_stageversion",
    "programs_transition",
]

#: Models whose rows are moved by deeds, and one of the verbs.
MOVED = {
    "programs_bimtekstage": "verify",
    "programs_evaluationscheme": "publish",
    "programs_progressclaim": "refuse",
    "programs_statement": "take_back",
    "programs_award": "make_internal",
    "programs_cohort": "make_internal",
    "programs_awardevent": "make_internal",
    "programs_book": "make_internal",
    "programs_candidacy": "make_internal",
    "programs_commitment": "make_internal",
    "programs_document": "make_internal",
    "programs_evaluation": "make_internal",
    "programs_evaluationround": "make_internal",
    "programs_initiative": "make_internal",
    "programs_legalinstrument": "make_internal",
    "programs_letter": "make_internal",
    "programs_localbody": "make_internal",
    "programs_masterplan": "make_internal",
    "programs_memorandum": "make_internal",
    "programs_participation": "make_internal",
    "programs_recommendation": "make_internal",
}

# A visitor is sent to sign in, who is signed in without the right is refused, and Django's
# own pages answer 405 to a method they do not know.
DOOR      = "302       403    403         403     403    403      403    {}"
#: Admin routes that are not a model's usual five: (route, method) -> the status for each role
ADMIN_OWN = {
    ("index", "get"): DOOR.format(200),
    ("index", "post"): DOOR.format(200),
    ("app_list", "get"): DOOR.format(302),  # there is one start page
    ("app_list", "post"): DOOR.format(302),
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
    ("programs_cohort_open", "get"): DOOR.format(200),
    ("programs_cohort_open", "post"): DOOR.format(302),
    ("regencies_apitoken_revoke", "get"): DOOR.format(200),
    ("regencies_apitoken_revoke", "post"): DOOR.format(302),
} | {row: DOOR.format(status) for row, status in nouns.gathered("OWN").items()}
for _model in EXCHANGED:
    ADMIN_OWN |= {
        (f"{_model}_import", "get"): DOOR.format(200),
        (f"{_model}_import", "post"): DOOR.format(200),
        (f"{_model}_process_import", "get"): DOOR.format(302),
        (f"{_model}_process_import", "post"): DOOR.format(302),
    }
for _model in [*EXCHANGED, *EXPORTED]:
    ADMIN_OWN |= {
        (f"{_model}_export", "get"): DOOR.format(200),
        (f"{_model}_export", "post"): DOOR.format(405),
    }
for _model in MOVED:
    ADMIN_OWN |= {
        (f"{_model}_step", "get"): DOOR.format(200),
        (f"{_model}_step", "post"): DOOR.format(200),
    }
# fmt: on
ADMIN_ROOMS = ["changelist", "add", "change", "delete", "history"]


def test_every_admin_route_has_a_row():
    named = {route.removeprefix("admin:") for route in routes() if route.startswith("admin:")}
    usual = {f"{model}_{room}" for model in ADMIN for room in ADMIN_ROOMS}

    own = {route for route, _method in ADMIN_OWN}

    assert {name for name in named if "/" not in name and "(" not in name} == usual | own


@pytest.fixture
def admin_rows(site, signer, ministry):
    """One row of each model of the admin."""
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
        "programs_requirement": stage.definition.requirements.first(),
        "programs_source": factories.make_source(),
        "programs_participation": stage.participation,
        "programs_bimtekstage": stage,
        "programs_stageversion": stage.versions.get(),
        "programs_transition": stage.transitions.get(),
    } | nouns.rows_of_every_area(world.World(stage))


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
        "regencies_apitoken_revoke": [token.public_id],
    }
    args |= {f"{model}_export": ["csv"] for model in [*EXCHANGED, *EXPORTED]}
    args |= {f"{model}_step": [verb] for model, verb in MOVED.items()}
    body = {
        "autocomplete": search,
        "programs_cohort_open": {"rows": stage.participation.cohort.slug},
    }
    body |= {f"{model}_step": {"rows": rows[model].pk} for model in MOVED}
    if find := nouns.gathered("OWN_ADDRESSES").get(route):
        arguments, sent = find(rows)
        return reverse(f"admin:{route}", args=arguments), sent
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
        response = getattr(client, method)(url, body)
        if response.streaming:
            list(response.streaming_content)  # which closes the file
        answers.append(str(response.status_code))

    assert dict(zip(ROLES, answers, strict=True)) == dict(
        zip(ROLES, expected.split(), strict=True)
    )
