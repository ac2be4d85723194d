import logging

import pytest
from django.test import RequestFactory

from smartcity.logs import SecretFilter
from smartcity.wsgi import application


def status_of(path, content_type):
    environ = RequestFactory().get("/").environ | {
        "PATH_INFO": path,
        "QUERY_STRING": "q=x",
        "CONTENT_TYPE": content_type,
        "HTTP_HOST": "localhost",
    }
    answers = []
    body = application(environ, lambda status, _headers: answers.append(status))
    assert b"".join(body)
    return answers[0][:3]


@pytest.mark.parametrize("charset", ["hex", "rot13", "undefined", "unicode_escape", "utf-16", "?"])
def test_a_body_in_no_charset_of_text_is_refused(charset):
    assert status_of("/healthz", f"text/plain; charset={charset}") == "400"


@pytest.mark.parametrize("kind", ["", "text/plain", "application/json; charset=UTF-8", "x;;=;"])
def test_other_content_types_pass(kind, db):
    assert status_of("/healthz", kind) == "200"


def test_a_reset_key_never_reaches_the_log():
    path = "/accounts/password/reset/key/3-SECRET/"
    record = logging.LogRecord("x", logging.WARNING, "", 0, "Forbidden: %s", (path,), None)

    SecretFilter().filter(record)

    assert record.getMessage() == "Forbidden: /accounts/password/reset/key/…/"


@pytest.mark.parametrize("path", ["/", "/api/v1/regencies/", "/readyz"])
def test_a_session_key_that_cannot_be_ours_is_ignored(client, db, path):
    client.cookies["portal_session"] = "\x00\x00"

    assert client.get(path).status_code in {200, 503}
