from django.utils.translation import gettext_lazy as _

from regencies.admin.base import ScopedAdmin
from regencies.admin.exchange import ExchangeAdmin
from regencies.admin.searching import RegionSearch
from regencies.imports.sheets.agency import AgencySheet


class AgencyAdmin(ExchangeAdmin, RegionSearch, ScopedAdmin):
    """Offices close instead of disappearing: people and terms of office refer to them."""

    sheet = AgencySheet
    list_display = ["name", "abbreviation", "regency", "active_from", "active_to"]
    list_select_related = ["regency"]
    list_filter = ["regency__province"]
    search_fields = ["name", "abbreviation"]
    search_help_text = _("Name or abbreviation, or the regency in any spelling.")
    fields = ["regency", "name", "abbreviation", "active_from", "active_to"]
    autocomplete_fields = ["regency"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("regency")

    def get_readonly_fields(self, request, obj=None):
        return ["regency"] if obj else []

    def autocomplete_label(self, obj):
        return f"{obj.name} ({obj.regency})"
