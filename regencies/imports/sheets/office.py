from regencies.imports.sheets.sheet import Sheet
from regencies.models import OfficeTerm


class OfficeTermSheet(Sheet):
    """The database knows no key for terms; a person, an office and a first day are one."""

    class Meta:
        model = OfficeTerm
        fields = [
            "regency", "body", "agency", "person", "other_spellings", "title", "is_acting",
            "starts_on", "ends_on",
        ]  # fmt: skip
        import_id_fields = ["regency", "body", "person", "title", "starts_on"]
