from programs.models import Institution, Partnership
from regencies.imports.sheets.sheet import Sheet


class InstitutionSheet(Sheet):
    class Meta:
        model = Institution
        fields = ["slug", "name", "abbreviation", "aliases"]
        import_id_fields = ["slug"]


class PartnershipSheet(Sheet):
    class Meta:
        model = Partnership
        fields = ["cohort", "institution", "role"]
        import_id_fields = ["cohort", "institution"]
