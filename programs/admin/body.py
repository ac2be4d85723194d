from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from programs.admin.own_agencies import OwnAgencies
from programs.admin.paper import PLACE_FILTERS, PaperOfParticipation
from programs.admin.publishing import PublishingAdmin
from programs.imports.sheets.body import LocalBodySheet
from programs.models import BodyMember, LocalBody
from programs.models.body import BodyRole
from regencies.admin.base import ScopedAdmin, ScopedInline, WholeRowForm
from regencies.admin.exchange import ExchangeAdmin
from regencies.admin.searching import RegionSearch


class BodyMemberForm(WholeRowForm):
    """Says at the pillar what the database says about the whole row."""

    def clean(self):
        found = super().clean()
        is_coordinator = found.get("role") == BodyRole.COORDINATOR
        if "role" in found and is_coordinator and not found.get("pillar"):
            self.add_error("pillar", _("Choose the pillar that this person coordinates."))
        if "role" in found and not is_coordinator and found.get("pillar"):
            self.add_error("pillar", _("Only a coordinator has a pillar; leave it empty."))
        return found


class BodyMemberInline(ScopedInline):
    model = BodyMember
    form = BodyMemberForm
    formset = OwnAgencies
    can_be_deleted = True
    fields = [("role", "pillar"), ("office", "name"), "agency"]
    autocomplete_fields = ["agency"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("agency__regency", "pillar")


@admin.register(LocalBody)
class LocalBodyAdmin(
    PublishingAdmin, ExchangeAdmin, PaperOfParticipation, RegionSearch, ScopedAdmin
):
    """Councils, teams and forums that a region sets up by decree."""

    sheet = LocalBodySheet
    list_display = [
        "region",
        "year",
        "kind",
        "decree_number",
        "decreed_on",
        "listed",
        "reported_size",
        "publication_state",
    ]
    list_display_links = ["region", "kind"]
    list_filter = ["kind", *PLACE_FILTERS, "publication"]
    search_fields = ["decree_number"]
    search_help_text = _("Number of the decree, or the region in any spelling.")
    date_hierarchy = "decreed_on"
    autocomplete_fields = ["participation", "document"]
    fieldsets = [
        (
            None,
            {"fields": ["participation", "kind", "decree_number", "decreed_on", "reported_size"]},
        ),
        (_("Scan and publication"), {"fields": ["document", "publication", "note"]}),
    ]
    inlines = [BodyMemberInline]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(listed=Count("members"))

    @admin.display(description=_("members listed"), ordering="listed")
    def listed(self, body):
        return body.listed
