from programs.imports.sheets.plan import PLAN, MaybePlace, MaybeReference
from programs.models import ProgressClaim
from regencies.imports.sheets.columns import Moment, Text, Whole
from regencies.imports.sheets.references import Reference
from regencies.imports.sheets.sheet import Sheet


class ProgressClaimSheet(Sheet):
    """Only written: a claim is made by its region and decided by the ministry."""

    regency = MaybePlace("initiative__masterplan__participation__regency")
    cohort = MaybeReference("initiative__masterplan__participation__cohort")
    area = MaybeReference("initiative__masterplan__area")
    area_cohort = MaybeReference("initiative__masterplan__cohort")
    version = Whole("initiative__masterplan__version")
    initiative = Text("initiative__name")
    claimed_at = Moment()
    claimed_by = Reference(by=("email",))
    verified_at = Moment()
    verified_by = Reference(by=("email",))
    refused_at = Moment()
    refused_by = Reference(by=("email",))

    class Meta:
        model = ProgressClaim
        fields = [
            *PLAN, "initiative", "percent", "as_of", "note", "claimed_at", "claimed_by",
            "verified_at", "verified_by", "refused_at", "refused_by", "refusal_reason",
        ]  # fmt: skip
        import_id_fields = [*PLAN, "initiative", "as_of"]
