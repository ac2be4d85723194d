"""Rules about the code, so that nobody has to remember them."""

import ast
from pathlib import Path

import pghistory.models
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.backends.postgresql.psycopg_any import is_psycopg3

from regencies.access import ScopedQuerySet

ROOT = Path(__file__).resolve().parent.parent
HTTP = {"django.http", "django.shortcuts", "django.contrib.messages", "rest_framework"}
#: What belongs to no region: reference data, definitions, and what only its owner sees.
UNSCOPED = {
    "ApiToken", "Area", "AssessmentCriterion", "AwardCategory", "AwardEvent", "BookDefinition",
    "Cohort", "Contradiction", "EvaluationComponent", "EvaluationRound", "EvaluationScheme",
    "FormerCode", "Institution", "Membership", "Partnership", "Pillar", "PillarAlias", "Program",
    "Province", "RegencyAlias", "Requirement", "SectionDefinition", "Source", "StageDefinition",
    "Statement", "SubDimension", "User",
}  # fmt: skip

DOORS = [
    f"{app}/{room}" for app in ("programs", "regencies") for room in ("views", "api", "admin")
]
WRITERS = {
    "save", "create", "bulk_create", "get_or_create", "update_or_create",
    "update", "bulk_update", "delete",
}  # fmt: skip
#: The only calls in doors that write, and why each may. None touches the workflow.
WRITTEN_IN_DOORS = {
    # One column, once a day, beside the request it notes; no rule and nobody's decision.
    ("regencies/api/auth.py", "ApiToken.objects.filter(pk=token.pk).update"),
    # The admin's own hooks for an account and its roles: reference data it exists to edit.
    ("regencies/admin/user.py", "formset.save"),  # commit=False: only collects
    ("regencies/admin/user.py", "membership.save"),
    # The sign-in package's copy of an address that was changed here.
    (
        "regencies/admin/user.py",
        "EmailAddress.objects.filter(user=obj).exclude(email__iexact=obj.email).delete",
    ),
    # The sign-in package's form: "saving" sends the link and writes no row.
    ("regencies/admin/user.py", "form.save"),
}


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
        if not issubclass(model, pghistory.models.Event)
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


def writes_in(path):
    """The calls that write rows (or look as if they did), as they stand in the code."""
    for node in ast.walk(ast.parse(path.read_text())):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in WRITERS
        ):
            yield ast.unparse(node.func)


@pytest.mark.parametrize(
    "call",
    [
        "stage.save",
        "BimtekStage.objects.filter(pk=1).update",
        "participation.stages.create",
        "self.get_queryset(request).delete",
        "Output.objects.bulk_create",
    ],
)
def test_a_write_in_a_door_would_be_noticed(call, tmp_path):
    door = tmp_path / "door.py"
    door.write_text(f"def view(request):\n    if request:\n        {call}(rows)\n")

    assert list(writes_in(door)) == [call]


def test_doors_write_no_rows_themselves():
    """Doors ask the domain. What they do write is listed above, each with its reason."""
    written = {
        (str(path.relative_to(ROOT)), call) for path in modules(*DOORS) for call in writes_in(path)
    }
    assert written == WRITTEN_IN_DOORS
