"""Rules about the code, so that nobody has to remember them."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.backends.postgresql.psycopg_any import is_psycopg3

from regencies.access import ScopedQuerySet

ROOT = Path(__file__).resolve().parent.parent
HTTP = {"django.http", "django.shortcuts", "django.contrib.messages", "rest_framework"}
#: What belongs to no region: reference data, definitions, and what only its owner sees.
UNSCOPED = {
    "ApiToken", "Area", "Cohort", "FormerCode", "Membership", "Program", "Province",
    "RegencyAlias", "Requirement", "Source", "StageDefinition", "User",
}  # fmt: skip


def own_models():
    for label in ("regencies", "programs"):
        yield from apps.get_app_config(label).get_models()


def modules(*rooms):
    for room in rooms:
        path = ROOT / room
        yield from path.rglob("*.py") if path.is_dir() else [path]


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_psycopg_3_is_not_in_use():
    assert is_psycopg3 is False


def test_every_model_over_regions_is_scoped():
    unscoped = {
        model.__name__
        for model in own_models()
        if not model.__name__.endswith("Event")
        and not model._meta.auto_created
        and not isinstance(model._default_manager.all(), ScopedQuerySet)
    }
    assert unscoped == UNSCOPED


def test_rules_know_nothing_of_http():
    rooms = modules(
        "programs/domain", "programs/models", "regencies/domain", "regencies/models",
        "regencies/access.py", "regencies/audit.py", "regencies/errors.py",
    )  # fmt: skip
    guilty = [
        (str(path.relative_to(ROOT)), name)
        for path in rooms
        for name in imports_of(path)
        if any(name == http or name.startswith(f"{http}.") for http in HTTP)
    ]
    assert guilty == []


@pytest.mark.parametrize("room", ["views", "api", "admin"])
def test_doors_do_not_write_workflow_rows_themselves(room):
    """No ``.save()``, ``.create()``, ``.update()`` or ``.delete()`` on rows in a door."""
    written = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules(f"programs/{room}")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr in {"save", "create", "bulk_create", "update", "delete"}
        and isinstance(node.value, ast.Attribute | ast.Call)
        and "objects" in ast.unparse(node.value)
    ]
    assert written == []
