from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from regencies.admin.base import ScopedAdmin, WholeRowForm
from regencies.admin.exchange import ExchangeAdmin
from regencies.admin.searching import RegionSearch
from regencies.imports.sheets.office import OfficeTermSheet


class OfficeTermForm(WholeRowForm):
    def clean(self):
        data = super().clean()
        agency, regency = data.get("agency"), data.get("regency")
        if agency and regency and agency.regency_id != regency.pk:
            self.add_error("agency", _("This agency belongs to another regency."))
        return data


class OfficeTermAdmin(ExchangeAdmin, RegionSearch, ScopedAdmin):
    """Who could sign when stays on record: terms end, they are not deleted."""

    form = OfficeTermForm
    sheet = OfficeTermSheet
    list_display = ["person", "title", "is_acting", "house", "starts_on", "ends_on"]
    list_select_related = ["regency", "agency"]
    list_filter = ["is_acting", "regency__province"]
    date_hierarchy = "starts_on"
    search_fields = ["person", "other_spellings", "title", "body"]
    search_help_text = _("Name or office, or the regency in any spelling.")
    fieldsets = [
        (None, {"fields": ["person", "other_spellings"]}),
        (_("Office"), {"fields": ["title", "regency", "agency", "body", "is_acting"]}),
        (_("Time"), {"fields": [("starts_on", "ends_on")]}),
    ]
    autocomplete_fields = ["regency", "agency"]

    @admin.display(description=_("regency, agency or institution"), ordering="regency__code")
    def house(self, term):
        return term.body or " · ".join(str(part) for part in (term.regency, term.agency) if part)
