from django.contrib import admin
from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from programs.admin.claim_steps import CLAIM_DEEDS, decision_tag
from programs.admin.of_plan import (
    CohortOfPlanFilter,
    PlanSearch,
    ProvinceOfPlanFilter,
    needed,
    under_a_plan,
)
from programs.imports.sheets.claim import ProgressClaimSheet
from programs.models import ProgressClaim
from regencies.admin.base import ReadOnlyAdmin
from regencies.admin.deeds import DeedsAdmin
from regencies.admin.exchange import ExportAdmin

TO_PLAN = "initiative__masterplan__"


class DecisionFilter(admin.SimpleListFilter):
    title = _("decision")
    parameter_name = "decision"

    def lookups(self, request, model_admin):
        return [
            ("awaiting", _("Awaiting a decision")),
            ("verified", _("Verified")),
            ("refused", _("Refused")),
        ]

    def queryset(self, request, queryset):
        kinds = {
            "awaiting": {"verified_at__isnull": True, "refused_at__isnull": True},
            "verified": {"verified_at__isnull": False},
            "refused": {"refused_at__isnull": False},
        }
        return queryset.filter(**kinds.get(self.value(), {}))


@admin.register(ProgressClaim)
class ProgressClaimAdmin(ExportAdmin, DeedsAdmin, PlanSearch, ReadOnlyAdmin):
    """The ministry's desk for claims: those that await a decision first, the oldest on top."""

    plan_path = TO_PLAN
    sheet = ProgressClaimSheet
    list_display = ["initiative", "percent_shown", "region", "as_of", "claimed_by", "decision"]
    list_filter = [
        DecisionFilter,
        under_a_plan(CohortOfPlanFilter, TO_PLAN),
        under_a_plan(ProvinceOfPlanFilter, TO_PLAN),
        "initiative__pillar",
    ]
    search_fields = ["initiative__name", "initiative__short_name"]
    search_help_text = _("Name of the initiative, the region in any spelling, or the area.")
    date_hierarchy = "as_of"
    ordering = [Coalesce("verified_at", "refused_at").desc(nulls_first=True), F("claimed_at")]
    deeds = CLAIM_DEEDS
    fieldsets = [
        (None, {"fields": ["initiative", "region", "percent_shown", "as_of", "note", "paper"]}),
        (_("Claimed"), {"fields": ["claimed_at", "claimed_by"]}),
        (
            _("Decided"),
            {
                "fields": [
                    "decision",
                    "verified_at",
                    "verified_by",
                    "refused_at",
                    "refused_by",
                    "refusal_reason",
                ]
            },
        ),
    ]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        people = ("claimed_by", "verified_by", "refused_by")
        return rows.select_related("initiative", "evidence", *people, *needed(TO_PLAN))

    @admin.display(description=_("percent done"), ordering="percent")
    def percent_shown(self, claim):
        return f"{claim.percent}%"

    @admin.display(description=_("decision"))
    def decision(self, claim):
        return decision_tag(claim)

    @admin.display(description=_("evidence"))
    def paper(self, claim):
        if claim.evidence is None:
            return "–"
        address = reverse("admin:programs_document_change", args=[claim.evidence.pk])
        return format_html('<a href="{}">{}</a>', address, claim.evidence)
