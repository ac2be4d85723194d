"""The lists of stages, submitted versions and the ledger; they only leave.

A stage moves by the steps of ``programs.domain.stages``, each with its line in the ledger.
"""

from programs.models import BimtekStage, StageVersion, Transition
from regencies.imports.sheets.columns import Choice, Moment
from regencies.imports.sheets.references import Place, Reference
from regencies.imports.sheets.sheet import Sheet


class BimtekStageSheet(Sheet):
    regency = Place("participation__regency")
    cohort = Reference("participation__cohort")
    stage = Choice("definition__number")
    submitted_at = Moment()
    submitted_by = Reference(by=("email",))
    verified_at = Moment()
    verified_by = Reference(by=("email",))

    class Meta:
        model = BimtekStage
        fields = [
            "regency", "cohort", "stage", "status", "due_on", "publication", "submitted_at",
            "submitted_by", "verified_at", "verified_by", "return_reason", "notes",
        ]  # fmt: skip
        import_id_fields = ["regency", "cohort", "stage"]


class StageVersionSheet(Sheet):
    """Which versions there are, and their hashes; what they say is read on their own pages."""

    regency = Place("stage__participation__regency")
    cohort = Reference("stage__participation__cohort")
    stage = Choice("stage__definition__number")
    submitted_at = Moment()
    submitted_by = Reference(by=("email",))

    class Meta:
        model = StageVersion
        fields = [
            "regency", "cohort", "stage", "number", "submitted_at", "submitted_by", "sha256",
        ]  # fmt: skip
        import_id_fields = ["regency", "cohort", "stage", "number"]

    def with_related(self, rows):
        return super().with_related(rows).defer("content")


class TransitionSheet(Sheet):
    at = Moment()
    regency = Place("stage__participation__regency")
    cohort = Reference("stage__participation__cohort")
    stage = Choice("stage__definition__number")

    class Meta:
        model = Transition
        fields = [
            "at", "regency", "cohort", "stage", "stage_name", "verb", "from_status", "to_status",
            "actor_name", "acting_role", "reason", "channel", "request_id",
        ]  # fmt: skip
        import_id_fields = ["at", "regency", "cohort", "stage", "verb"]
