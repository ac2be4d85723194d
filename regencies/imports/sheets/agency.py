from regencies.imports.sheets.sheet import Sheet
from regencies.models import Agency


class AgencySheet(Sheet):
    class Meta:
        model = Agency
        fields = ["regency", "name", "abbreviation", "active_from", "active_to"]
        import_id_fields = ["regency", "name"]
