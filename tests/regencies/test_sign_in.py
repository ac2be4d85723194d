"""Signing in and out: who gets in, what a guesser learns, where one lands."""

import re

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.factories import PASSWORD, make_user

LOGIN = "/accounts/login/"
LANDING = "/accounts/password/change/"
WRONG = "The e-mail address or the password is not correct."


@pytest.fixture(autouse=True)
def landing(settings):
    """A page of this area to land on, so that no other area's page is needed."""
    settings.LOGIN_REDIRECT_URL = settings.LOGOUT_REDIRECT_URL = LANDING
    settings.LANGUAGE_CODE = "en"
    cache.clear()


def sign_in(client, email, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password} | extra)


def body(response):
    """The page without what differs at every request."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.text)
    return re.sub(r'value="[^"@]+@[^"]+"', "", text)


@pytest.mark.parametrize("email", ["officer@test.example", " OFFICER@Test.Example "])
def test_an_account_signs_in_however_its_address_is_written(client, officer, email):
    response = sign_in(client, email)

    assert (response.status_code, response["Location"]) == (302, LANDING)
    assert get_user(client) == officer


def test_signing_in_makes_a_new_session_key(client, officer):
    client.cookies[django_settings.SESSION_COOKIE_NAME] = "a-key-an-attacker-chose-000000"
    client.get(LOGIN)

    sign_in(client, officer.email)

    assert client.session.session_key != "a-key-an-attacker-chose-000000"


def test_a_session_begun_before_signing_in_gets_another_key(client, officer):
    before = client.session  # the test client saves an anonymous session
    before["kept"] = "yes"
    before.save()

    sign_in(client, officer.email)

    assert client.session["kept"] == "yes"
    assert client.session.session_key != before.session_key


def deactivated():
    user = make_user("gone@test.example")
    user.is_active = False
    user.save()


def example_in_production():
    user = make_user("gone@test.example")
    user.is_example = True
    user.save()


@pytest.mark.parametrize("prepare", [deactivated, example_in_production])
def test_whoever_may_not_sign_in_is_answered_like_a_wrong_password(db, settings, prepare):
    settings.EXAMPLE_SITE = False
    prepare()
    client = Client()

    refused = sign_in(client, "gone@test.example")
    wrong = sign_in(Client(), "gone@test.example", "salah")
    unknown = sign_in(Client(), "never@test.example", "salah")

    assert WRONG in refused.text
    assert body(refused) == body(wrong) == body(unknown)
    assert {refused.status_code, wrong.status_code, unknown.status_code} == {200}
    assert get_user(client).is_anonymous


def test_an_example_account_signs_in_on_the_example_site(client, settings, db):
    settings.EXAMPLE_SITE = True
    example_in_production()

    sign_in(client, "gone@test.example")

    assert get_user(client).email == "gone@test.example"


def test_an_unknown_address_costs_a_hash_like_a_known_one(client, officer, mocker_hash):
    sign_in(client, officer.email, "salah")
    known = mocker_hash.pop()
    sign_in(client, "never@test.example", "salah")

    assert (known, mocker_hash.pop()) == (1, 1)


@pytest.fixture
def mocker_hash(monkeypatch):
    """Counts the password hashes made since the last ``pop()``."""
    from django.contrib.auth.hashers import MD5PasswordHasher  # noqa: PLC0415

    class Counter:
        made = 0

        def pop(self):
            made, self.made = self.made, 0
            return made

    counter, encode = Counter(), MD5PasswordHasher.encode

    def counting(self, password, salt):
        counter.made += 1
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    return counter


@pytest.mark.parametrize(
    "next_url", ["https://evil.example/", "//evil.example/", "/\\evil.example"]
)
def test_signing_in_never_leads_to_another_host(client, officer, next_url):
    response = sign_in(client, officer.email, next=next_url)

    assert response["Location"] == LANDING


def test_signing_in_leads_back_to_the_page_that_asked_for_it(client, officer):
    asked = client.get(LANDING)
    assert asked["Location"] == f"{LOGIN}?next={LANDING}"

    response = sign_in(client, officer.email, next="/accounts/logout/")

    assert response["Location"] == "/accounts/logout/"


def test_signing_out_takes_a_post(client, officer):
    client.force_login(officer)

    page = client.get("/accounts/logout/")
    assert (page.status_code, get_user(client)) == (200, officer)

    client.post("/accounts/logout/")
    assert get_user(client).is_anonymous


def test_signing_out_needs_the_token_of_the_form(officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)

    assert client.post("/accounts/logout/").status_code == 403
    assert get_user(client) == officer


@pytest.mark.parametrize(
    "path",
    ["signup/", "email/", "confirm-email/", "inactive/", "reauthenticate/", "login/code/", ""],
)
@pytest.mark.parametrize("signed_in", [False, True])
def test_the_rest_of_allauth_does_not_exist(client, officer, path, signed_in):
    if signed_in:
        client.force_login(officer)

    assert client.get(f"/accounts/{path}").status_code == 404


def test_no_page_names_the_closed_sign_up(client, db):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert "signup" not in client.get(LOGIN).text


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_speaks_the_language_of_the_cookie(client, db, language, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    page = client.get(LOGIN)

    assert f'<html lang="{language}"' in page.text
    assert page["Content-Language"] == language


def test_a_person_without_password_is_led_to_the_reset(client, officer):
    client.force_login(officer)
    assert client.get("/accounts/password/set/")["Location"] == "/accounts/password/reset/"


def test_the_session_ends_with_the_browser(client, officer):
    sign_in(client, officer.email)

    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"]) == ("", "", True)
    assert cookie["samesite"] == "Lax"
