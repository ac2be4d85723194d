from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from programs.admin.own_agencies import OwnAgencies
from programs.admin.paper import PLACE_FILTERS, PaperOfParticipation
from programs.admin.publishing import PublishingAdmin
from programs.imports.sheets.commitment import CommitmentSheet
from programs.models import Commitment, CommitmentSignatory
from regencies.admin.base import ScopedAdmin, ScopedInline
from regencies.admin.exchange import ExchangeAdmin
from regencies.admin.searching import RegionSearch


class CommitmentSignatoryInline(ScopedInline):
    """Those who really signed, in their order on the paper."""

    model = CommitmentSignatory
    formset = OwnAgencies
    can_be_deleted = True
    fields = [("position", "office"), ("name", "agency")]
    autocomplete_fields = ["agency"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("agency__regency")


@admin.register(Commitment)
class CommitmentAdmin(
    PublishingAdmin, ExchangeAdmin, PaperOfParticipation, RegionSearch, ScopedAdmin
):
    sheet = CommitmentSheet
    list_display = ["region", "year", "title", "signed_on", "place", "signed", "publication_state"]
    list_display_links = ["region", "title"]
    list_filter = [*PLACE_FILTERS, "publication"]
    search_fields = ["title", "place"]
    search_help_text = _("Title or place, or the region in any spelling.")
    date_hierarchy = "signed_on"
    autocomplete_fields = ["participation", "document"]
    fieldsets = [
        (None, {"fields": ["participation", "title", "signed_on", "place", "text"]}),
        (_("Scan and publication"), {"fields": ["document", "publication", "note"]}),
    ]
    inlines = [CommitmentSignatoryInline]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(signed=Count("signatories"))

    @admin.display(description=_("signatories"), ordering="signed")
    def signed(self, commitment):
        return commitment.signed
