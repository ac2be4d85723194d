from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from programs.admin.filters import CohortFilter
from programs.admin.links import uses
from programs.imports.sheets.institution import InstitutionSheet, PartnershipSheet
from programs.models import Institution, Partnership
from regencies.admin.base import ScopedAdmin, ScopedInline
from regencies.admin.exchange import ExchangeAdmin


class PartnershipInline(ScopedInline):
    model = Partnership
    can_be_deleted = True
    fields = [("cohort", "role")]
    autocomplete_fields = ["cohort"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("cohort__program", "institution")


@admin.register(Institution)
class InstitutionAdmin(ExchangeAdmin, ScopedAdmin):
    """Bodies beside the regions. Awards and agreements name them, so none is deleted."""

    sheet = InstitutionSheet
    list_display = ["name", "abbreviation", "aliases_shown", "partnered"]
    search_fields = ["name", "abbreviation", "slug", "aliases"]
    search_help_text = _("Name, abbreviation or any other name.")
    prepopulated_fields = {"slug": ["abbreviation"]}
    inlines = [PartnershipInline]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(partnered=Count("partnerships"))

    def get_fieldsets(self, request, obj=None):
        names = (None, {"fields": ["name", "abbreviation", "slug", "aliases"]})
        used = (_("Where it is used"), {"fields": ["used"]})
        return [names, used] if obj else [names]

    def get_readonly_fields(self, request, obj=None):
        return ["used"]

    def autocomplete_label(self, obj):
        return f"{obj.abbreviation} – {obj.name}" if obj.abbreviation else obj.name

    @admin.display(description=_("other names"))
    def aliases_shown(self, institution):
        return ", ".join(institution.aliases) or "–"

    @admin.display(description=_("partner of cohorts"), ordering="partnered")
    def partnered(self, institution):
        return institution.partnered

    @admin.display(description=_("used by"))
    def used(self, institution):
        return uses(institution, self.admin_site)


@admin.register(Partnership)
class PartnershipAdmin(ExchangeAdmin, ScopedAdmin):
    sheet = PartnershipSheet
    can_be_deleted = True
    list_display = ["institution", "cohort", "role"]
    list_select_related = ["institution", "cohort__program"]
    list_filter = [CohortFilter]
    search_fields = ["institution__name", "institution__abbreviation", "role"]
    search_help_text = _("Institution or role.")
    fields = ["cohort", "institution", "role"]
    autocomplete_fields = ["cohort", "institution"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("institution", "cohort__program")
