"""The two probes: alive without anything, ready only with everything."""

import json
import logging

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from tests.factories import make_user
from tests.smartcity.production import run_manage

NOBODY_LISTENS = "postgres://portal:topsecret@127.0.0.1:1/portal"
ASK_BOTH = """
import json
from django.test import Client
ask = Client(raise_request_exception=False)
answers = {p: ask.get(p, headers={"host": "portal.test"}) for p in ("/healthz", "/readyz")}
print(json.dumps({p: [a.status_code, a.json()] for p, a in answers.items()}))
"""


def not_ready(*reasons):
    return 503, {"status": "not ready", "reasons": list(reasons)}


def ask(client, path="/readyz"):
    response = client.get(path)
    return response.status_code, response.json()


def test_the_process_lives_without_a_database(client):
    assert ask(client, "/healthz") == (200, {"status": "ok"})  # no db fixture: a query would fail


def test_the_portal_is_ready(client, db):
    assert ask(client) == (200, {"status": "ready"})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_are_neither_redirected_nor_cached_nor_locked(settings, db, path):
    settings.SECURE_SSL_REDIRECT = True

    response = Client().get(path)

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert Client().get("/accounts/login/").status_code == 301  # others are


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_only_read(client, db, path):
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


def test_an_example_account_keeps_production_closed(client, db, settings):
    user = make_user("example@test.example")
    user.is_example = True
    user.save()
    assert ask(client)[0] == 200

    settings.EXAMPLE_SITE = False

    assert ask(client) == not_ready("example accounts exist")


def test_a_missing_migration_keeps_the_portal_closed(client, db):
    MigrationRecorder(connection).migration_qs.filter(app="sessions").delete()

    assert ask(client) == not_ready("migrations are missing")


def test_a_cache_that_forgets_keeps_the_portal_closed(client, db, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    assert ask(client) == not_ready("cache does not work")


def test_a_cache_table_that_is_missing_is_told_and_its_cause_is_logged(
    client, db, settings, caplog
):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "no_such_table",
        }
    }

    with caplog.at_level(logging.ERROR, "smartcity.health"):
        assert ask(client) == not_ready("cache does not work")

    assert "no_such_table" in caplog.text


def test_a_database_that_refuses_is_told_without_its_address():
    done = run_manage("shell", "--no-imports", "-c", ASK_BOTH, DATABASE_URL=NOBODY_LISTENS)

    answers = json.loads(done.stdout)
    assert answers["/healthz"] == [200, {"status": "ok"}]
    assert answers["/readyz"] == [
        503,
        {"status": "not ready", "reasons": ["database does not answer"]},
    ]
    assert "topsecret" not in done.stdout + done.stderr
