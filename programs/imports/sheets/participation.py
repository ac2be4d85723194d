from programs.models import Participation
from regencies.imports.sheets.sheet import Sheet


class ParticipationSheet(Sheet):
    """Who takes part. Status and publication are never imported: both are decisions."""

    class Meta:
        model = Participation
        fields = [
            "regency", "cohort", "entry", "area", "name_as_printed", "note", "sources",
        ]  # fmt: skip
        import_id_fields = ["regency", "cohort"]

    def with_related(self, rows):
        return super().with_related(rows).with_place()
