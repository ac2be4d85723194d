from regencies.admin.base import ScopedAdmin
from regencies.admin.exchange import ExchangeAdmin
from regencies.imports.sheets.places import ProvinceSheet


class ProvinceAdmin(ExchangeAdmin, ScopedAdmin):
    sheet = ProvinceSheet
    list_display = ["name", "code", "iso_code", "zone"]
    list_display_links = ["name"]
    list_filter = ["zone"]
    search_fields = ["name", "code"]
    fields = ["code", "name", "iso_code", "zone"]
