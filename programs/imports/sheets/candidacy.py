from programs.models import Candidacy
from regencies.imports.sheets.references import Reference
from regencies.imports.sheets.sheet import Sheet


class CandidacySheet(Sheet):
    """Who was invited and assessed. A decision is never imported: it is staged and released."""

    letter = Reference(by=("number_as_printed",))

    class Meta:
        model = Candidacy
        fields = [
            "regency", "cohort", "progress", "invited_on", "assessed_from", "assessed_until",
            "assessment_place", "letter", "note",
        ]  # fmt: skip
        import_id_fields = ["regency", "cohort"]
