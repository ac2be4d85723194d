from programs.models import Commitment
from regencies.imports.sheets.references import Place, Reference
from regencies.imports.sheets.sheet import Sheet


class CommitmentSheet(Sheet):
    """The commitments without who signed: those are entered on the page of the commitment."""

    regency = Place("participation__regency")
    cohort = Reference("participation__cohort")

    class Meta:
        model = Commitment
        fields = ["regency", "cohort", "title", "signed_on", "place", "text", "note"]
        import_id_fields = ["regency", "cohort", "title"]
