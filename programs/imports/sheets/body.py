from programs.models import LocalBody
from regencies.imports.sheets.references import Place, Reference
from regencies.imports.sheets.sheet import Sheet


class LocalBodySheet(Sheet):
    """The bodies without their members: those are entered on the page of the body."""

    regency = Place("participation__regency")
    cohort = Reference("participation__cohort")

    class Meta:
        model = LocalBody
        fields = [
            "regency", "cohort", "kind", "decree_number", "decreed_on", "reported_size", "note",
        ]  # fmt: skip
        import_id_fields = ["regency", "cohort", "kind", "decree_number"]
