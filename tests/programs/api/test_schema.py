from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from drf_spectacular.drainage import GENERATOR_STATS

from tests.api_clients import caller

FILE = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"


def test_the_committed_schema_is_up_to_date_and_without_warnings(tmp_path):
    # Renew it with: manage.py spectacular --validate --lang en --file docs/openapi.yaml
    fresh = tmp_path / "openapi.yaml"
    GENERATOR_STATS.reset()

    call_command("spectacular", validate=True, fail_on_warn=True, lang="en", file=str(fresh))

    assert fresh.read_text() == FILE.read_text()


@pytest.mark.parametrize(
    "path", ["schema/", "schema/?lang=en&format=json", "docs/", "docs/?script="]
)
def test_the_documentation_is_open_to_everybody(path, db):
    assert caller().get(f"/api/v1/{path}", HTTP_ACCEPT="*/*").status_code == 200


@pytest.mark.parametrize(
    ("query", "code", "attr"),
    [
        ("nonsense=1", "unknown_parameter", "nonsense"),
        ("version=2", "unknown_parameter", "version"),
        ("lang=en&lang=id", "repeated_parameter", "lang"),
        ("lang=xx", "invalid_choice", "lang"),
        ("lang=", "invalid_choice", "lang"),
    ],
)
def test_the_document_refuses_in_json_what_it_does_not_know(query, code, attr, db):
    response = caller().get(f"/api/v1/schema/?{query}", HTTP_ACCEPT="*/*")

    assert (response.status_code, response["Content-Type"]) == (400, "application/json")
    assert [(e["code"], e["attr"]) for e in response.json()["errors"]] == [(code, attr)]


def test_the_documentation_page_has_nothing_inline(db):
    page = caller().get("/api/v1/docs/", HTTP_ACCEPT="text/html").content.decode()

    assert "<style" not in page
    assert "style=" not in page
    assert page.count("<script") == page.count("<script src=") == 2
