import pytest
from pghistory.models import Events

from programs.domain import stages
from programs.models import BimtekStage, Transition
from tests.api_clients import caller, refusal
from tests.factories import complete, make_submitted, stage_of

FORBIDDEN = refusal("permission_denied", "You do not have permission to perform this action.")
ANONYMOUS = refusal("not_authenticated", "Authentication credentials were not provided.")
NOT_FOUND = refusal("not_found", "Not found.")
CLOSED = "This step is not open to a stage with the status “{}”."


def answer(response):
    return response.status_code, response.json()


def address(stage, verb=""):
    return f"/api/v1/stages/{stage.pk}/{verb}"


def snapshot(stage):
    """All columns of the stage and its sessions, and how many ledger lines there are."""
    return (
        BimtekStage.objects.values().get(pk=stage.pk),
        list(stage.sessions.values()),
        Transition.objects.count(),
    )


def test_the_whole_job_over_the_api(stage, signer, ministry, officer, participation):
    region, centre = caller(signer), caller(ministry)
    complete(stage, officer)

    def moved(response):
        assert response.status_code == 200, response.json()
        row = response.json()
        return row["status"], row["return_reason"], row["publication"]

    assert moved(region.post(address(stage, "submit/"))) == ("submitted", "", "internal")
    assert moved(region.post(address(stage, "withdraw/"))) == ("draft", "", "internal")
    assert moved(region.post(address(stage, "submit/"))) == ("submitted", "", "internal")
    returned = centre.post(address(stage, "return/"), {"reason": " Buku I belum lengkap. "})
    assert moved(returned) == ("returned", "Buku I belum lengkap.", "internal")
    resubmitted = region.post(address(stage, "submit/"))
    assert moved(resubmitted) == ("submitted", "Buku I belum lengkap.", "internal")
    assert moved(centre.post(address(stage, "verify/"))) == ("verified", "", "internal")
    assert moved(centre.post(address(stage, "publish/"))) == ("verified", "", "public")
    assert caller().get(address(stage)).status_code == 200
    assert moved(centre.post(address(stage, "unpublish/"))) == ("verified", "", "internal")
    assert answer(caller().get(address(stage))) == (404, NOT_FOUND)
    assert list(Transition.objects.values_list("verb", "actor", "channel").order_by("pk")) == [
        ("submit", signer.pk, "api"),
        ("withdraw", signer.pk, "api"),
        ("submit", signer.pk, "api"),
        ("return", ministry.pk, "api"),
        ("submit", signer.pk, "api"),
        ("verify", ministry.pk, "api"),
        ("publish", ministry.pk, "api"),
        ("unpublish", ministry.pk, "api"),
    ]


@pytest.mark.parametrize("session", [False, True])
def test_the_row_history_names_who_wrote_through_the_api(stage, officer, session, client):
    if session:
        client.force_login(officer)
        http = client
        options = {"content_type": "application/json"}
    else:
        http, options = caller(officer), {}

    saved = http.patch(address(stage), {"revision": 1, "notes": "Dari program."}, **options)

    assert saved.status_code == 200
    context = Events.objects.tracks(stage).order_by("pgh_created_at").last().pgh_context
    assert (context["user"], context["channel"]) == (officer.pk, "api")
    assert context["request_id"] == saved["X-Request-ID"]


@pytest.mark.parametrize(
    ("who", "verb", "status"),
    [
        ("officer", "submit", 403),
        ("contributor", "submit", 403),
        ("observer", "submit", 403),
        ("expert", "submit", 403),
        ("ministry", "submit", 403),
        ("stranger", "submit", 404),
        ("nobody", "submit", 404),
        ("officer", "withdraw", 403),
        ("ministry", "withdraw", 403),
        ("stranger", "withdraw", 404),
        ("signer", "return", 403),
        ("observer", "return", 403),
        ("expert", "return", 403),
        ("stranger", "return", 404),
        ("signer", "verify", 403),
        ("observer", "verify", 403),
        ("expert", "verify", 403),
        ("stranger", "verify", 404),
        ("signer", "publish", 403),
        ("expert", "publish", 403),
        ("stranger", "publish", 404),
        ("signer", "unpublish", 403),
        ("stranger", "unpublish", 404),
        ("contributor", "", 403),
        ("observer", "", 403),
        ("expert", "", 403),
        ("ministry", "", 403),
        ("stranger", "", 404),
        ("nobody", "", 404),
    ],
)
def test_who_may_not(who, verb, status, stage, signer, request):
    make_submitted(stage, by=signer)
    before = snapshot(stage)
    client = caller(request.getfixturevalue(who))

    if verb:
        body = {"reason": "Coba."} if verb == "return" else {}
        response = client.post(address(stage, f"{verb}/"), body)
    else:
        response = client.patch(address(stage), {"revision": 1, "venue": "Lain"})

    assert answer(response) == (status, FORBIDDEN if status == 403 else NOT_FOUND)
    assert snapshot(stage) == before


@pytest.mark.parametrize(
    "verb", ["submit", "withdraw", "return", "verify", "publish", "unpublish"]
)
def test_nobody_moves_a_stage_without_signing_in(verb, published):
    before = snapshot(published)

    response = caller().post(address(published, f"{verb}/"), {"reason": "Coba."})

    assert answer(response) == (401, ANONYMOUS)
    assert response["WWW-Authenticate"] == "Bearer"
    assert snapshot(published) == before


def test_a_stranger_may_not_edit_what_is_only_public(published, stranger):
    before = snapshot(published)

    response = caller(stranger).patch(address(published), {"revision": 1, "venue": "Lain"})

    assert answer(response) == (403, FORBIDDEN)
    assert snapshot(published) == before


def test_submit_names_all_that_is_missing(stage, signer):
    response = caller(signer).post(address(stage, "submit/"))

    missing = {
        "starts_on": "Enter the day the Bimtek began.",
        "mode": "Choose how the Bimtek was held.",
        "venue": "Enter the place.",
        "council_count": "Enter how many people attended.",
        "output-buku-1": "Upload “Buku 1”.",
    }
    errors = [
        {"code": "incomplete", "detail": text, "attr": name} for name, text in missing.items()
    ]
    assert answer(response) == (409, {"type": "client_error", "errors": errors})


def test_submit_waits_for_the_earlier_stage(participation, signer):
    second = stage_of(participation, 2)
    complete(second, signer)

    response = caller(signer).post(address(second, "submit/"))

    assert answer(response) == (
        409,
        refusal("incomplete", "Submit Bimtek I first.", "earlier-stage"),
    )


def test_a_second_verification_is_refused_by_rule(verified, ministry):
    response = caller(ministry).post(address(verified, "verify/"))

    assert answer(response) == (409, refusal("rule", CLOSED.format("Verified")))


def test_a_submitted_stage_is_not_edited(stage, signer):
    make_submitted(stage, by=signer)

    response = caller(signer).patch(address(stage), {"revision": 3, "venue": "Lain"})

    assert answer(response) == (409, refusal("rule", CLOSED.format("Submitted")))


@pytest.mark.parametrize(
    ("body", "code", "detail"),
    [
        ({}, "required", "This field is required."),
        ({"reason": "  "}, "blank", "This field may not be blank."),
        (
            {"reason": "x" * (stages.LONGEST_REASON + 1)},
            "max_length",
            "Ensure this field has no more than 5000 characters.",
        ),
    ],
)
def test_return_needs_a_reason(body, code, detail, stage, signer, ministry):
    make_submitted(stage, by=signer)

    response = caller(ministry).post(address(stage, "return/"), body)

    assert answer(response) == (400, refusal(code, detail, "reason", "validation_error"))


def test_patch_saves_a_draft_and_answers_the_new_state(stage, officer):
    body = {"revision": 1, "starts_on": "2018-05-07", "venue": "Pendopo", "team_count": 7}

    response = caller(officer).patch(address(stage), body)

    row = response.json()
    assert response.status_code == 200
    assert {name: row[name] for name in body} == body | {"revision": 2}
    assert row["attendance"] == 7
    assert caller(officer).get(address(stage)).json() == row


def test_what_patch_leaves_out_stays(stage, officer):
    complete(stage, officer)
    stage.refresh_from_db()
    before = caller(officer).get(address(stage)).json()

    after = caller(officer).patch(address(stage), {"revision": stage.revision, "ends_on": None})

    assert after.json() == before | {"ends_on": None, "revision": stage.revision + 1}


def test_a_stale_patch_shows_the_stored_values_and_loses_nothing(stage, officer, signer):
    first = caller(officer).patch(
        address(stage), {"revision": 1, "venue": "Pendopo", "starts_on": "2018-05-07"}
    )
    before = snapshot(stage)

    second = caller(signer).patch(
        address(stage), {"revision": 1, "venue": "Aula", "starts_on": "2018-05-09", "mode": ""}
    )

    assert first.status_code == 200
    status, body = answer(second)
    errors = sorted(body.pop("errors"), key=lambda error: error["attr"])
    text = "Somebody else saved this stage after you opened it. Nothing is lost: compare."
    assert (status, body) == (
        409,
        {
            "type": "client_error",
            "current": {"venue": "Pendopo", "starts_on": "2018-05-07", "revision": 2},
        },
    )
    assert errors == [
        {"code": "stale", "detail": text, "attr": "starts_on"},
        {"code": "stale", "detail": text, "attr": "venue"},
    ]
    assert snapshot(stage) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "verified"),
        ("verified_by", 1),
        ("submitted_by", 1),
        ("verified_at", "2018-05-07T00:00:00Z"),
        ("participation", 1),
        ("publication", "public"),
        ("due_on", "2030-01-01"),
        ("return_reason", "…"),
        ("regency", "35.16"),
        ("outputs", []),
        ("id", 1),
        ("nonsense", 1),
    ],
)
def test_fields_the_workflow_owns_are_refused_loudly(field, value, stage, officer):
    before = snapshot(stage)

    response = caller(officer).patch(
        address(stage), {"revision": 1, "venue": "Pendopo", field: value}
    )

    text = (
        "This cannot be changed here. What can: council_count, ends_on, mode, notes, "
        "other_count, revision, starts_on, team_count, venue."
    )
    assert answer(response) == (400, refusal("not_writable", text, field, "validation_error"))
    assert snapshot(stage) == before


def test_the_ministry_verifies_only_the_version_it_read(stage, signer, ministry):
    make_submitted(stage, signer)
    read = caller(ministry).get(address(stage)).json()["submitted_version"]
    stages.withdraw(stage, by=signer)
    stages.submit(stage, by=signer)

    response = caller(ministry).post(address(stage, "verify/"), {"version": read})

    assert (response.status_code, response.json()["errors"][0]["code"]) == (409, "new_version")
    response = caller(ministry).post(address(stage, "verify/"), {"version": 2})
    assert (response.status_code, response.json()["status"]) == (200, "verified")


@pytest.mark.parametrize("verb", ["submit", "withdraw", "publish", "unpublish"])
def test_a_verb_without_words_refuses_any(verb, stage, ministry):
    response = caller(ministry).post(address(stage, f"{verb}/"), {"status": "verified"})

    text = "This cannot be changed here. What can: –."
    assert answer(response) == (400, refusal("not_writable", text, "status", "validation_error"))


@pytest.mark.parametrize(
    ("body", "code", "attr"),
    [
        ({"venue": "Pendopo"}, "required", "revision"),
        ({"revision": 0}, "min_value", "revision"),
        ({"revision": 1, "starts_on": "7 Mei"}, "invalid", "starts_on"),
        ({"revision": 1, "mode": "teleport"}, "invalid_choice", "mode"),
        ({"revision": 1, "team_count": -1}, "min_value", "team_count"),
        ({"revision": 1, "team_count": 2**31}, "max_value", "team_count"),
        ({"revision": 1, "council_count": 100_001}, "max_value", "council_count"),
        ({"revision": 1, "other_count": 100_001}, "max_value", "other_count"),
        ({"revision": 1, "notes": "x" * 5001}, "max_length", "notes"),
        ({"revision": 1, "starts_on": "0001-01-01"}, "min_value", "starts_on"),
        ({"revision": 1, "ends_on": "1999-12-31"}, "min_value", "ends_on"),
        ({"revision": 1, "ends_on": "2101-01-01"}, "max_value", "ends_on"),
        ({"revision": 1, "venue": "x" * 201}, "max_length", "venue"),
        ({"revision": 1, "venue": "nol\0"}, "null_characters_not_allowed", "venue"),
        (
            {"revision": 1, "starts_on": "2018-05-08", "ends_on": "2018-05-07"},
            "invalid",
            "ends_on",
        ),
        ([1], "invalid", "non_field_errors"),
    ],
)
def test_bad_values_are_400_at_their_field(body, code, attr, stage, officer):
    before = snapshot(stage)

    response = caller(officer).patch(address(stage), body)

    assert response.status_code == 400
    assert [(e["code"], e["attr"]) for e in response.json()["errors"]] == [(code, attr)]
    assert snapshot(stage) == before


def test_what_just_fits_is_saved(stage, officer):
    body = {
        "revision": 1,
        "notes": "x" * 5000,
        "council_count": 100_000,
        "starts_on": "2000-01-01",
        "ends_on": "2100-12-31",
    }

    response = caller(officer).patch(address(stage), body)

    assert response.status_code == 200
    assert response.json()["notes"] == body["notes"]


@pytest.mark.parametrize("method", ["put", "delete"])
def test_stages_are_neither_replaced_nor_deleted(method, stage, ministry):
    response = getattr(caller(ministry), method)(address(stage), {})

    text = f'Method "{method.upper()}" not allowed.'
    assert answer(response) == (405, refusal("method_not_allowed", text))


def test_a_session_writes_only_with_the_csrf_token(stage, officer):
    client = caller()
    client.handler.enforce_csrf_checks = True
    client.force_login(officer)

    response = client.patch(address(stage), {"revision": 1, "venue": "Pendopo"})

    refused = refusal("permission_denied", "CSRF Failed: CSRF cookie not set.")
    assert answer(response) == (403, refused)
