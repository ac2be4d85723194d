from programs.models import Letter
from regencies.imports.sheets.sheet import Sheet


class LetterSheet(Sheet):
    class Meta:
        model = Letter
        fields = [
            "number_as_printed", "sender", "kind", "dated_on", "subject", "cohort", "regency",
        ]  # fmt: skip
        import_id_fields = ["number_as_printed", "sender", "kind", "dated_on", "regency"]

    def key(self, values):
        """Number and sender; a letter without a number is known by everything else."""
        return tuple(values[:2] if values[0] else values)
