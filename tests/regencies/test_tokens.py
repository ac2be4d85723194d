import datetime as dt
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from regencies.domain import tokens
from regencies.errors import RuleError
from regencies.models import ApiToken
from tests.api_clients import token_of

LIST = reverse("regencies:token-list")
MAKE = reverse("regencies:token-make")
FORM = {"name": "Dasbor Bappeda", "scope": "read", "days": "90"}


def revoke_address(token):
    return reverse("regencies:token-revoke", args=[token.public_id])


def days_left(token):
    return round((token.expiry - timezone.now()) / dt.timedelta(days=1))


def test_make_gives_a_token_that_lasts_as_asked(officer):
    token, value = tokens.make(" Dasbor ", by=officer, scope="write", days=365)

    assert (token.user, token.name, token.scope) == (officer, "Dasbor", "write")
    assert days_left(token) == 365
    assert value.startswith("sc_")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "Lama"}, "name"),
        ({"scope": "admin"}, "scope"),
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
    ],
)
def test_make_refuses(wrong, field, officer):
    tokens.make("Lama", by=officer, scope="read", days=1)
    asked = {"name": "Baru", "scope": "read", "days": 1} | wrong

    with pytest.raises(RuleError) as refusal:
        tokens.make(asked.pop("name"), by=officer, **asked)

    assert refusal.value.fields == (field,)
    assert ApiToken.objects.count() == 1


def test_nobody_holds_more_than_twenty_tokens_that_still_open(officer):
    for number in range(tokens.MAX_TOKENS):
        token, _ = tokens.make(f"Nomor {number}", by=officer, scope="read", days=1)

    with pytest.raises(RuleError):
        tokens.make("Satu lagi", by=officer, scope="read", days=1)
    ApiToken.objects.filter(pk=token.pk).update(expiry=timezone.now())
    tokens.make("Satu lagi", by=officer, scope="read", days=1)

    assert ApiToken.objects.count() == tokens.MAX_TOKENS + 1


def test_somebody_who_may_not_sign_in_gets_no_token(officer):
    officer.is_active = False

    with pytest.raises(PermissionDenied):
        tokens.make("Dasbor", by=officer, scope="read", days=1)


@pytest.mark.parametrize("who", ["signer", "observer", "expert", "stranger", "nobody"])
def test_nobody_revokes_the_token_of_another(who, officer, request):
    token, _ = token_of(officer)

    with pytest.raises(PermissionDenied):
        tokens.revoke(token, by=request.getfixturevalue(who))
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize("who", ["officer", "ministry"])
def test_its_owner_and_those_who_manage_revoke_a_token(who, officer, request):
    token, _ = token_of(officer)
    kept, _ = token_of(officer)

    for _time in range(2):  # the second click finds it done
        tokens.revoke(token, by=request.getfixturevalue(who))

    assert ApiToken.objects.get() == kept


def test_the_command_prints_a_token_that_works_once(officer, client):
    out, err = StringIO(), StringIO()

    call_command(
        "create_token", "OFFICER@test.example", scope="read", days=30, stdout=out, stderr=err
    )

    value = out.getvalue().strip()
    token = ApiToken.objects.get()
    assert (token.user, token.scope, days_left(token)) == (officer, "read", 30)
    assert value not in err.getvalue()
    answer = client.get("/api/v1/stages/", headers={"authorization": f"Bearer {value}"})
    assert answer.status_code == 200


def test_the_command_without_a_name_works_again_and_says_when(officer, monkeypatch):
    moment = dt.datetime(2026, 10, 20, 7, 3, 22, tzinfo=dt.UTC)
    for seconds in (0, 1):
        now = moment + dt.timedelta(seconds=seconds)
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        call_command("create_token", officer.email, stdout=StringIO(), stderr=StringIO())

    assert sorted(ApiToken.objects.values_list("name", flat=True)) == [
        "create_token 2026-10-20 14:03:22",
        "create_token 2026-10-20 14:03:23",
    ]


@pytest.mark.parametrize(
    ("email", "options"),
    [
        ("unknown@test.example", {}),
        ("officer@test.example", {"days": 366}),
        ("officer@test.example", {"days": 0}),
        ("gone@test.example", {}),
    ],
)
def test_the_command_refuses(email, options, officer, signer):
    signer.email, signer.is_active = "gone@test.example", False
    signer.save()

    with pytest.raises(CommandError):
        call_command("create_token", email, **options, stdout=StringIO())

    assert ApiToken.objects.count() == 0


def test_the_page_shows_a_new_token_once_and_keeps_it_nowhere(client, officer):
    client.force_login(officer)

    made = client.post(MAKE, FORM)

    assert made.status_code == 200
    value = made.context["value"]
    assert made.content.decode().count(value) == 1
    assert "no-store" in made["Cache-Control"]
    token = ApiToken.objects.get()
    assert (token.user, token.name, token.scope, days_left(token)) == (
        officer,
        "Dasbor Bappeda",
        "read",
        90,
    )
    page = client.get(LIST).content.decode()
    assert "Dasbor Bappeda" in page
    assert value not in page
    assert all(value not in str(s.get_decoded()) for s in Session.objects.all())


def test_a_repeated_form_makes_no_second_token(client, officer):
    client.force_login(officer)
    client.post(MAKE, FORM)

    again = client.post(MAKE, FORM)

    assert again.status_code == 422
    assert list(again.context["form"].errors) == ["name"]
    assert ApiToken.objects.count() == 1


def test_the_form_says_what_is_missing(client, officer):
    client.force_login(officer)

    answer = client.post(MAKE, {"name": "", "scope": "admin", "days": "1000"})

    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["days", "name", "scope"]
    assert ApiToken.objects.count() == 0


def test_everybody_sees_and_revokes_only_their_own(client, officer, signer):
    token, _ = token_of(officer)
    client.force_login(signer)

    assert list(client.get(LIST).context["tokens"]) == []
    assert client.get(revoke_address(token)).status_code == 404
    assert client.post(revoke_address(token)).status_code == 404
    assert ApiToken.objects.count() == 1


def test_revoking_asks_first(client, officer):
    token, _ = token_of(officer)
    client.force_login(officer)

    assert client.get(revoke_address(token)).status_code == 200
    assert ApiToken.objects.count() == 1
    answer = client.post(revoke_address(token))

    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert ApiToken.objects.count() == 0


def test_an_expired_token_is_shown_as_expired(client, officer):
    token, _ = token_of(officer)
    ApiToken.objects.filter(pk=token.pk).update(expiry=timezone.now() - dt.timedelta(days=1))
    client.cookies["django_language"] = "en"
    client.force_login(officer)

    assert "Expired" in client.get(LIST).content.decode()


@pytest.mark.parametrize("address", [LIST, MAKE, reverse("regencies:account")])
def test_the_account_is_for_those_signed_in(client, address, db):
    answer = client.get(address)

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")


@pytest.mark.parametrize("who", ["officer", "contributor", "observer", "expert", "nobody"])
def test_the_account_page_opens_for_everybody(who, client, request):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("regencies:account")).status_code == 200
