"""The lists of programmes, cohorts, and what a cohort asks; published definitions stay."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs.models import Cohort, Program, Requirement, StageDefinition
from regencies.imports.sheets.columns import Choice
from regencies.imports.sheets.references import Reference
from regencies.imports.sheets.sheet import Sheet


class ProgramSheet(Sheet):
    class Meta:
        model = Program
        fields = ["slug", "name", "aliases"]
        import_id_fields = ["slug"]


class CohortSheet(Sheet):
    """Publication of a cohort or of its definitions is decided on its page, never by a file."""

    class Meta:
        model = Cohort
        fields = [
            "slug", "program", "year", "phase", "official_size", "list_is_complete",
            "memoranda_signed_on", "note",
        ]  # fmt: skip
        import_id_fields = ["slug"]

    def with_related(self, rows):
        return super().with_related(rows).select_related("program")


class StageDefinitionSheet(Sheet):
    class Meta:
        model = StageDefinition
        fields = ["cohort", "number", "title", "purpose", "due_on"]
        import_id_fields = ["cohort", "number"]

    def check(self, instance):
        refuse_published(instance.cohort)


class RequirementSheet(Sheet):
    """What each stage must deliver; the short name is part of the key and so never changes."""

    cohort = Reference("definition__cohort")
    stage = Choice("definition__number")

    class Meta:
        model = Requirement
        fields = ["cohort", "stage", "slug", "position", "title", "guidance", "is_mandatory"]
        import_id_fields = ["cohort", "stage", "slug"]

    def with_related(self, rows):
        return super().with_related(rows).select_related("definition__cohort")

    def check(self, instance):
        refuse_published(instance.definition.cohort)


def refuse_published(cohort):
    """Raises ``ValidationError`` where the cohort's definitions are published."""
    if cohort.definitions_published_at:
        words = _("The definitions of this cohort are published and stay as they are.")
        raise ValidationError({"cohort": words})
