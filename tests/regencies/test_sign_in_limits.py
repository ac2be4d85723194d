"""Rate limits: how many attempts, counted together by all workers."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.core.cache import cache, caches
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests.factories import PASSWORD, make_user

LOGIN = "/accounts/login/"
RESET = "/accounts/password/reset/"
TOO_MANY = "There were too many wrong attempts."


@pytest.fixture(autouse=True)
def fresh(settings):
    settings.LOGIN_REDIRECT_URL = "/accounts/password/change/"
    settings.LANGUAGE_CODE = "en"
    cache.clear()


def sign_in(email, password, ip="192.0.2.1"):
    client = Client(REMOTE_ADDR=ip)
    response = client.post(LOGIN, {"login": email, "password": password})
    return response, client


@pytest.mark.parametrize("email", ["officer@test.example", "never@test.example"])
def test_the_sixth_attempt_at_one_account_is_refused_from_anywhere(officer, email):
    for number in range(5):
        response, _ = sign_in(email, "salah", ip=f"192.0.2.{number}")
        assert TOO_MANY not in response.text

    response, client = sign_in(email, PASSWORD, ip="192.0.2.99")

    assert TOO_MANY in response.text
    assert get_user(client).is_anonymous


def test_the_twenty_first_attempt_from_one_connection_is_refused_for_any_account(officer):
    for number in range(20):
        sign_in(f"person{number}@test.example", "salah")

    assert TOO_MANY in sign_in(officer.email, PASSWORD)[0].text
    assert get_user(sign_in(officer.email, PASSWORD, ip="192.0.2.2")[1]) == officer


def test_signing_in_uses_up_no_attempt(officer):
    for _ in range(7):
        _, client = sign_in(officer.email, PASSWORD)
        assert get_user(client) == officer


@pytest.mark.parametrize("email", ["officer@test.example", "never@test.example"])
def test_the_fourth_reset_of_one_account_is_refused(client, officer, email):
    answers = [client.post(RESET, {"email": email}) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert len(mail.outbox) == (3 if email == officer.email else 0)


def test_the_page_of_a_refusal_is_ours(client, officer):
    for _ in range(4):
        answer = client.post(RESET, {"email": officer.email})

    assert '<h1 class="govuk-heading-l">Too many attempts</h1>' in answer.text
    assert 'class="portal-header"' in answer.text


@pytest.fixture
def database_cache(settings, transactional_db):
    """What production has: the cache is a table, and every thread has its own connection."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "portal_cache",
        }
    }
    call_command("createcachetable")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE portal_cache")
        # knox makes its own table although ours replaces it; flushing the database stops at it.
        cursor.execute("DROP TABLE IF EXISTS knox_authtoken")


def in_another_worker(job, *args):
    """Run ``job`` in a thread that has opened nothing yet, and close what it opens."""

    def work():
        try:
            return job(*args), id(caches["default"])
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


@pytest.mark.usefixtures("database_cache")
def test_two_workers_count_together():
    user = make_user("shared@test.example")

    refused = []
    for number in range(6):
        (response, _), used = in_another_worker(sign_in, user.email, "salah", f"192.0.2.{number}")
        assert used != id(caches["default"])
        refused.append(TOO_MANY in response.text)

    assert refused == [False, False, False, False, False, True]


@pytest.mark.usefixtures("database_cache")
def test_twelve_attempts_at_once_pass_only_five():
    user = make_user("shared@test.example")

    def attempt(number):
        try:
            return TOO_MANY in sign_in(user.email, "salah", f"192.0.2.{number}")[0].text
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        refused = list(pool.map(attempt, range(12)))

    assert refused.count(False) == 5
