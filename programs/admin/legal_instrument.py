from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programs.admin.of_plan import (
    CohortUnderPlanFilter,
    PlanFilter,
    PlanSearch,
    ProvinceUnderPlanFilter,
    needed,
)
from programs.admin.publishing import PublishingAdmin
from programs.imports.sheets.legal_instrument import LegalInstrumentSheet
from programs.models import LegalInstrument, Publication
from regencies.admin.base import ScopedAdmin
from regencies.admin.exchange import ExchangeAdmin


@admin.register(LegalInstrument)
class LegalInstrumentAdmin(PublishingAdmin, ExchangeAdmin, PlanSearch, ScopedAdmin):
    """Perbup, Perwali, Perda: what gives a masterplan its legal form."""

    can_be_deleted = True
    sheet = LegalInstrumentSheet
    list_display = ["__str__", "region", "year", "masterplan", "enacted_on", "publication_state"]
    list_select_related = needed()
    list_filter = [
        "form",
        CohortUnderPlanFilter,
        ProvinceUnderPlanFilter,
        PlanFilter,
        "publication",
    ]
    search_fields = ["number_as_printed", "title", "masterplan__title"]
    date_hierarchy = "enacted_on"
    autocomplete_fields = ["masterplan", "document"]
    fieldsets = [
        (None, {"fields": ["masterplan", "form", "number_as_printed", "title", "enacted_on"]}),
        (_("Paper"), {"fields": ["document"]}),
        (_("Publication"), {"fields": ["publication"]}),
    ]

    def has_delete_permission(self, request, obj=None):
        is_public = obj is not None and obj.publication == Publication.PUBLIC
        return not is_public and super().has_delete_permission(request, obj)
