"""Forgotten and changed passwords: the mail, the link, and who is signed out by them."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.core import mail
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from regencies.forms.sign_in import NewPasswordForm
from tests.factories import PASSWORD

RESET = "/accounts/password/reset/"
CHANGE = "/accounts/password/change/"
NEW = "empat kata yang jauh"


@pytest.fixture(autouse=True)
def fresh(settings):
    settings.LOGIN_REDIRECT_URL = CHANGE
    settings.LANGUAGE_CODE = "en"
    cache.clear()


def ask_for_link(client, email, **headers):
    return client.post(RESET, {"email": email}, headers=headers)


def link():
    """The path in the newest mail."""
    return re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[-1].body)[1]


def choose(client, path, password=NEW):
    page = client.get(path, follow=True)
    return client.post(page.wsgi_request.path, {"password1": password, "password2": password})


def can_sign_in(email, password):
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": password})
    return get_user(client).is_authenticated


def test_the_mailed_link_gives_a_new_password_once(client, officer):
    ask_for_link(client, "Officer@Test.Example")
    first = link()

    done = choose(client, first)

    assert done["Location"] == "/accounts/password/reset/key/done/"
    assert can_sign_in(officer.email, NEW)
    assert not can_sign_in(officer.email, PASSWORD)
    assert "This link no longer works" in client.get(first).text


def test_the_key_leaves_the_address_bar(client, officer):
    ask_for_link(client, officer.email)

    response = client.get(link())

    assert response["Location"].endswith("-set-password/")


def test_a_reset_signs_out_every_session(client, officer):
    elsewhere = Client()
    elsewhere.force_login(officer)
    ask_for_link(client, officer.email)

    choose(client, link())

    assert get_user(elsewhere).is_anonymous


def test_a_change_keeps_this_session_and_ends_the_others(client, officer):
    elsewhere = Client()
    elsewhere.force_login(officer)
    client.force_login(officer)
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    assert client.post(CHANGE, data).status_code == 302

    assert get_user(client) == officer
    assert get_user(elsewhere).is_anonymous


@pytest.mark.parametrize("path", ["reset", "change"])
def test_the_owner_is_told_of_a_new_password(client, officer, path):
    if path == "reset":
        ask_for_link(client, officer.email)
        choose(client, link())
    else:
        client.force_login(officer)
        client.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    told = mail.outbox[-1]
    assert told.to == [officer.email]
    assert "has been changed" in told.body
    assert "127.0.0.1" in told.body
    assert NEW not in told.body


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"oldpassword": "salah"}, "This is not your current password."),
        ({"password2": "lain sekali isinya"}, "The two new passwords are not the same."),
        ({"password1": "pendek", "password2": "pendek"}, "too short"),
        ({"oldpassword": ""}, "Enter your current password."),
    ],
)
def test_a_refused_change_says_why_at_its_field(client, officer, data, words):
    client.force_login(officer)
    valid = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    page = client.post(CHANGE, valid | data)

    assert page.text.count(words) == 2  # in the summary and at the field
    assert 'aria-invalid="true"' in page.text
    assert can_sign_in(officer.email, PASSWORD)


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, officer):
    known = ask_for_link(client, officer.email)
    unknown = ask_for_link(Client(), "never@test.example")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [[officer.email]]
    sent = client.get(known["Location"])
    assert "If there is an account" in sent.text
    assert officer.email not in sent.text


@pytest.mark.parametrize("flag", ["is_active", "is_example"])
def test_whoever_may_not_sign_in_gets_no_link(client, officer, settings, flag):
    settings.EXAMPLE_SITE = False
    setattr(officer, flag, not getattr(officer, flag))
    officer.save()

    response = ask_for_link(client, officer.email)

    assert response["Location"] == "/accounts/password/reset/done/"
    assert mail.outbox == []


def test_after_a_change_of_address_the_old_one_opens_nothing(client, officer):
    ask_for_link(client, officer.email)  # where allauth would keep a copy of the address
    old, officer.email = officer.email, "baru@test.example"
    officer.save()

    ask_for_link(client, old)

    assert len(mail.outbox) == 1
    assert not EmailAddress.objects.exists()
    assert not can_sign_in(old, PASSWORD)
    assert can_sign_in(officer.email, PASSWORD)
    assert "This link no longer works" in client.get(link()).text


def test_a_foreign_host_name_sends_no_link(client, officer):
    response = ask_for_link(client, officer.email, host="evil.example")

    assert (response.status_code, mail.outbox) == (400, [])


def test_a_forwarded_host_name_is_not_believed(client, officer):
    ask_for_link(client, officer.email, x_forwarded_host="evil.example")

    assert "evil.example" not in mail.outbox[0].body


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_mail_is_plain_text_and_says_whom_to_ask(client, officer, settings, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    ask_for_link(client, officer.email)

    message = mail.outbox[0]
    assert (message.to, message.alternatives) == ([officer.email], [])
    with translation.override(language):
        assert translation.gettext("Dear Sir or Madam,") in message.body
        assert translation.gettext("Nobody will ever ask you for your password.") in message.body
    assert "&" not in message.body
    assert "{" not in message.body
    assert max(len(message.subject.splitlines()), 1) == 1


def test_a_broken_link_offers_a_new_one(client, db):
    page = client.get("/accounts/password/reset/key/1-abc-def/")

    assert page.status_code == 200
    assert f'href="{RESET}"' in page.text


def test_a_page_of_allauth_without_a_template_of_ours_stands_in_our_frame(rf):
    page = render_to_string("account/password_set.html", {"form": NewPasswordForm()}, rf.get("/"))

    assert '<main class="govuk-main-wrapper"' in page
    assert '<h1 class="govuk-heading-l">' in page
    assert page.count("govuk-password-input__input") == 2
    assert '<button class="govuk-button"' in page
