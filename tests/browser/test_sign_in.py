"""Signing in and out and a forgotten password, on a desk and on a phone."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LOGIN = re.compile("/accounts/login/")
NEW = "empat kata yang jauh"


@pytest.fixture(autouse=True)
def landing(settings):
    """A page of this area to land on, so that no other area's page is needed."""
    settings.LOGIN_REDIRECT_URL = "/accounts/password/change/"
    settings.LOGOUT_REDIRECT_URL = "/accounts/login/"


def sign_out(page, say):
    menu = page.get_by_role("button", name=say("Menu"), exact=True)
    if menu.is_visible():
        menu.click()
    page.get_by_role("button", name=say("Sign out"), exact=True).click()


def test_signing_in_and_out(either, officer, sign_in, say, axe):
    either.goto("/accounts/password/change/")
    expect(either).to_have_url(LOGIN)
    expect(either.locator("html")).to_have_attribute("lang", "id")
    axe(either)

    sign_in(either, officer.email)
    expect(either.get_by_role("heading", name=say("Change your password"))).to_be_visible()
    axe(either)

    sign_out(either, say)
    expect(either.get_by_text(say("You have signed out."))).to_be_visible()
    either.goto("/accounts/password/change/")
    expect(either).to_have_url(LOGIN)


def test_a_wrong_password_says_so_and_keeps_the_address(either, officer, sign_in, say, axe):
    sign_in(either, officer.email, "salah")

    summary = either.get_by_role("alert")
    expect(summary).to_contain_text(say("The e-mail address or the password is not correct."))
    expect(either).to_have_title(re.compile("^" + re.escape(say("Error:"))))
    expect(either.get_by_label(say("E-mail address"), exact=True)).to_have_value(officer.email)
    expect(either.get_by_label(say("Password"), exact=True)).to_have_value("")
    axe(either)


def test_the_error_summary_leads_to_the_field(either, sign_in, say, axe):
    sign_in(either, "bukan-surel", "")

    either.get_by_role("alert").get_by_role("link", name=say("Enter your password.")).click()

    expect(either.get_by_label(say("Password"), exact=True)).to_be_focused()
    axe(either)


def test_the_sixth_wrong_password_is_told_to_wait(either, officer, sign_in, say):
    for _ in range(6):
        sign_in(either, officer.email, "salah")

    words = "There were too many wrong attempts. Wait 5 minutes, then try again."
    expect(either.get_by_role("alert")).to_contain_text(say(words))


def test_too_many_resets_meet_a_page_of_ours(either, officer, say, axe, watch):
    watch.expect("status of 429")

    for _ in range(4):
        ask_for_link(either, officer.email, say)

    expect(either.get_by_role("heading", name=say("Too many attempts"))).to_be_visible()
    axe(either)


def ask_for_link(page, email, say):
    page.goto("/accounts/password/reset/")
    page.get_by_label(say("E-mail address"), exact=True).fill(email)
    page.get_by_role("button", name=say("Send the link")).click()


def test_a_forgotten_password_is_replaced_through_the_mailbox(either, officer, sign_in, say, axe):
    either.goto("/accounts/login/")
    either.get_by_role("link", name=say("Forgotten your password?")).click()
    axe(either)
    ask_for_link(either, officer.email, say)
    expect(either.get_by_role("heading", name=say("Check your e-mail"))).to_be_visible()
    axe(either)

    link = re.search(r"http://\S+", mail.outbox[0].body)[0]
    either.goto(link)
    axe(either)
    either.get_by_label(say("New password"), exact=True).fill(NEW)
    either.get_by_label(say("New password again"), exact=True).fill(NEW)
    either.get_by_role("button", name=say("Save the new password")).click()
    expect(
        either.get_by_role("heading", name=say("Sign in with the new password"))
    ).to_be_visible()
    axe(either)

    sign_in(either, officer.email, NEW)
    expect(either.get_by_role("heading", name=say("Change your password"))).to_be_visible()
    either.goto(link)
    expect(either.get_by_role("heading", name=say("This link no longer works"))).to_be_visible()


def test_the_password_can_be_shown_where_scripts_run(page, say):
    page.goto("/accounts/login/")
    password = page.get_by_label(say("Password"), exact=True)
    password.fill("kata sandi")

    page.get_by_role("button", name=say("Show password")).click()

    expect(password).to_have_attribute("type", "text")


def test_signing_in_works_without_scripts(open_page, officer, sign_in, say):
    page = open_page(java_script_enabled=False)

    sign_in(page, officer.email)

    expect(page.get_by_role("heading", name=say("Change your password"))).to_be_visible()
