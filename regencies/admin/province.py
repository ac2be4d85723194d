from regencies.admin.base import ScopedAdmin


class ProvinceAdmin(ScopedAdmin):
    list_display = ["name", "code", "iso_code", "zone"]
    list_display_links = ["name"]
    list_filter = ["zone"]
    search_fields = ["name", "code"]
    fields = ["code", "name", "iso_code", "zone"]
