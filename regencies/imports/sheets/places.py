"""The lists of provinces, of regencies and cities, and of areas."""

from regencies.imports.sheets.references import Code
from regencies.imports.sheets.sheet import Sheet
from regencies.models import Area, Province, Regency


class ProvinceSheet(Sheet):
    class Meta:
        model = Province
        fields = ["code", "name", "iso_code", "zone"]
        import_id_fields = ["code"]


class RegencySheet(Sheet):
    """Other spellings and former codes are no columns: they stay with the region's own page."""

    code = Code()

    class Meta:
        model = Regency
        fields = [
            "code", "kind", "name", "official_name", "province", "is_administrative", "capital",
            "latitude", "longitude",
        ]  # fmt: skip
        import_id_fields = ["code"]


class AreaSheet(Sheet):
    class Meta:
        model = Area
        fields = ["slug", "name", "regencies"]
        import_id_fields = ["slug"]
