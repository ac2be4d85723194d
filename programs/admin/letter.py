from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programs.admin.filters import CohortFilter, ProvinceFilter
from programs.admin.links import uses
from programs.admin.publishing import PublishingAdmin
from programs.imports.sheets.letter import LetterSheet
from programs.models import Letter
from regencies.admin.base import ScopedAdmin
from regencies.admin.exchange import ExchangeAdmin
from regencies.admin.searching import RegionSearch


@admin.register(Letter)
class LetterAdmin(PublishingAdmin, ExchangeAdmin, RegionSearch, ScopedAdmin):
    """Numbered letters; the number stays as printed, however it looks."""

    sheet = LetterSheet
    list_display = [
        "name",
        "kind",
        "dated_on",
        "sender",
        "subject",
        "cohort",
        "regency",
        "publication_state",
    ]
    list_select_related = ["cohort__program", "regency"]
    list_filter = ["kind", CohortFilter, ProvinceFilter, "publication"]
    search_fields = ["number_as_printed", "sender", "subject"]
    search_help_text = _("Number, sender or subject, or the region in any spelling.")
    date_hierarchy = "dated_on"
    autocomplete_fields = ["cohort", "regency", "document"]
    readonly_fields = ["used"]

    def get_fieldsets(self, request, obj=None):
        paper = ["number_as_printed", "dated_on", "kind", "sender", "subject", "regency", "cohort"]
        sheets = [
            (None, {"fields": paper}),
            (_("Scan and publication"), {"fields": ["document", "publication"]}),
        ]
        used = (_("Where it is used"), {"fields": ["used"]})
        return [*sheets, used] if obj else sheets

    def autocomplete_label(self, obj):
        day = f" ({obj.dated_on:%d-%m-%Y})" if obj.dated_on else ""
        return f"{obj} – {obj.sender}{day}"

    @admin.display(description=_("letter"), ordering="number_as_printed")
    def name(self, letter):
        return letter.number_as_printed or _("(without number)")

    @admin.display(description=_("used by"))
    def used(self, letter):
        return uses(letter, self.admin_site)
