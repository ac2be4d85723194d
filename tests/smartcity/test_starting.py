"""What the portal refuses to start with, and what it is when only the secrets are set."""

import json

import pytest
from django.db.backends.postgresql.psycopg_any import is_psycopg3

from tests.smartcity.production import SECRETS, run_manage

SHOW = """
import json
from django.conf import settings
print(json.dumps({name: getattr(settings, name, None) for name in %r}))
"""
REFUSED = [
    ({"SECRET_KEY": None}, "SECRET_KEY needs 50 random characters"),
    ({"SECRET_KEY": ""}, "SECRET_KEY needs 50 random characters"),
    ({"SECRET_KEY": "x" * 49}, "SECRET_KEY needs 50 random characters"),
    ({"DEBUG": "1"}, "DEBUG=1 is refused in production"),
]


def settings_with(**environment):
    names = [
        "DEBUG", "EXAMPLE_SITE", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY",
        "SESSION_COOKIE_SAMESITE", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER",
        "ALLOWED_HOSTS",
    ]  # fmt: skip
    done = run_manage("shell", "--no-imports", "-c", SHOW % names, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(("environment", "words"), REFUSED)
def test_the_portal_refuses_to_start(environment, words):
    done = run_manage("check", **environment)

    assert done.returncode != 0
    assert words in done.stderr


def test_a_key_is_never_repeated_in_the_refusal():
    done = run_manage("check", SECRET_KEY="topsecret")

    assert "topsecret" not in done.stdout + done.stderr


def test_production_passes_the_deployment_checks_with_nothing_but_its_secrets():
    done = run_manage("check", "--deploy", "--fail-level", "WARNING")

    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


def test_a_cache_of_each_worker_fails_the_deployment_checks():
    done = run_manage("check", "--deploy", "--fail-level", "WARNING", CACHE_URL="locmemcache://")

    assert done.returncode != 0
    assert "smartcity.W001" in done.stderr


def test_nothing_set_but_the_secrets_is_production():
    assert settings_with() == {
        "DEBUG": False,
        "EXAMPLE_SITE": False,
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
        "SECURE_PROXY_SSL_HEADER": None,
        "ALLOWED_HOSTS": [SECRETS["ALLOWED_HOSTS"]],
    }


def test_a_forwarded_header_counts_only_behind_a_proxy():
    behind = settings_with(BEHIND_PROXY="1")

    assert behind["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_psycopg_2_is_the_driver():
    assert is_psycopg3 is False
