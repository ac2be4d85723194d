"""The first account of a new server."""

import datetime as dt
import re
from io import StringIO

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from regencies.access import Right, Role, holds
from regencies.models import Membership, User
from tests.factories import make_user

EMAIL = "first@kementerian.example"


def run(*arguments):
    out = StringIO()
    call_command("create_ministry", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("db")
def test_the_printed_link_leads_to_a_working_ministry_account(settings):
    settings.LOGIN_REDIRECT_URL = "/accounts/password/change/"

    link = re.search(r"http://localhost:8000(/\S+)", run(EMAIL, "--name", "Ibu Pertama"))[1]

    client = Client()
    form = client.get(link, follow=True).wsgi_request.path
    client.post(form, {"password1": "empat kata yang jauh", "password2": "empat kata yang jauh"})
    client.post("/accounts/login/", {"login": EMAIL, "password": "empat kata yang jauh"})
    user = get_user(client)
    assert (user.email, user.name) == (EMAIL, "Ibu Pertama")
    assert holds(user, Right.MANAGE)
    assert not user.is_superuser


@pytest.mark.usefixtures("db")
def test_nobody_can_sign_in_before_the_password_is_chosen():
    run(EMAIL)

    assert not User.objects.get().has_usable_password()


@pytest.mark.usefixtures("db")
def test_a_second_run_adds_nothing_but_gives_a_new_link():
    first, second = run(EMAIL), run(EMAIL.upper())

    assert (User.objects.count(), Membership.objects.count()) == (1, 1)
    assert "/accounts/password/reset/key/" in first
    assert "/accounts/password/reset/key/" in second


@pytest.mark.usefixtures("db")
def test_an_existing_account_gets_the_role_again_when_it_has_ended():
    user = make_user(EMAIL)
    Membership.objects.create(
        user=user, role=Role.MINISTRY, starts_on=dt.date(2017, 1, 1), ends_on=dt.date(2018, 1, 1)
    )

    run(EMAIL)

    assert user.memberships.in_force().count() == 1
    assert user.check_password("kata sandi untuk uji")


@pytest.mark.usefixtures("db")
def test_send_mails_the_link_and_prints_none():
    printed = run(EMAIL, "--send", "--url", "https://portal.example.go.id/")

    message = mail.outbox[0]
    assert message.to == [EMAIL]
    assert "https://portal.example.go.id/accounts/password/reset/key/" in message.body
    assert "/accounts/" not in printed


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("hosts", [[], ["*"], [".example.go.id"]])
def test_a_server_without_a_single_host_asks_for_the_address(settings, hosts):
    settings.DEVELOPMENT, settings.ALLOWED_HOSTS = False, hosts

    with pytest.raises(CommandError, match="--url"):
        run(EMAIL)

    assert not User.objects.exists()


@pytest.mark.usefixtures("db")
def test_production_links_to_its_own_host(settings):
    settings.DEVELOPMENT, settings.ALLOWED_HOSTS = False, ["portal.example.go.id"]

    assert "https://portal.example.go.id/accounts/" in run(EMAIL)


@pytest.mark.usefixtures("db")
def test_a_deactivated_account_is_not_woken_up():
    user = make_user(EMAIL)
    user.is_active = False
    user.save()

    with pytest.raises(CommandError, match="may not sign in"):
        run(EMAIL)

    assert not user.memberships.exists()


@pytest.mark.usefixtures("db")
def test_nonsense_is_not_an_address():
    with pytest.raises(CommandError, match="not an e-mail address"):
        run("nonsense")
