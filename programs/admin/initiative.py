from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programs.admin.claim_steps import CLAIM_DEEDS, claim_lines
from programs.admin.initiative_form import ROWS_OF_TEXT, InitiativeForm, SupportInline, YearInline
from programs.admin.initiative_steps import INITIATIVE_DEEDS, state_tag, state_told
from programs.admin.of_plan import (
    CohortUnderPlanFilter,
    PlanFilter,
    PlanSearch,
    ProvinceUnderPlanFilter,
    label,
    needed,
)
from programs.admin.publishing import PublishingAdmin
from programs.domain import initiatives
from programs.imports.sheets.initiative import InitiativeSheet
from programs.models import Initiative, Publication
from regencies.admin.base import ScopedAdmin
from regencies.admin.deeds import open_deeds
from regencies.admin.exchange import ExchangeAdmin

#: What is missing, in a word for the list.
LACKS = {"year": _("year"), "lead_agency": _("agency"), "budget": _("budget")}


class CompleteFilter(admin.SimpleListFilter):
    """By the rule of ``InitiativeQuerySet.with_gaps``, as every page and the API."""

    title = _("complete")
    parameter_name = "complete"

    def lookups(self, request, model_admin):
        return [("yes", _("Complete")), ("no", _("Something is missing"))]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.filter(pk__in=Initiative.objects.complete().values("pk"))
        if self.value() == "no":
            return queryset.filter(pk__in=Initiative.objects.incomplete().values("pk"))
        return queryset


@admin.register(Initiative)
class InitiativeAdmin(PublishingAdmin, ExchangeAdmin, PlanSearch, ScopedAdmin):
    """The programmes of the action plans. A state moves by its own steps, claims by theirs."""

    can_be_deleted = True
    form = InitiativeForm
    sheet = InitiativeSheet
    list_display = [
        "name",
        "region",
        "year",
        "pillar",
        "lead_agency",
        "is_quick_win",
        "state_shown",
        "lacks",
        "publication_state",
    ]
    list_filter = [
        CompleteFilter,
        "pillar",
        "is_quick_win",
        "state",
        "horizon",
        CohortUnderPlanFilter,
        ProvinceUnderPlanFilter,
        PlanFilter,
        "publication",
    ]
    search_fields = ["name", "short_name", "lead_agency__name"]
    search_help_text = _("Name, responsible agency, the region in any spelling, or the area.")
    autocomplete_fields = ["masterplan", "lead_agency"]
    readonly_fields = ["state_told", "missing", "progress"]
    formfield_overrides = ROWS_OF_TEXT
    inlines = [YearInline, SupportInline]
    deeds = INITIATIVE_DEEDS

    def get_queryset(self, request):
        rows = super().get_queryset(request).with_gaps()
        return rows.select_related("pillar", "sub_dimension", "lead_agency", *needed())

    def get_fieldsets(self, request, obj=None):
        who = ["lead_agency", "partners"]
        told = (_("In words"), {"fields": ["description", "benefit", "risk"]})
        quick = ["is_quick_win", "horizon", "outside_period_reason"]
        place = ["masterplan", "name", "short_name", "pillar", "sub_dimension"]
        if obj is None:
            return [(None, {"fields": place}), (_("When and who"), {"fields": quick + who}), told]
        return [
            (_("Where it stands"), {"fields": ["state_told", "missing", "progress"]}),
            (None, {"fields": place}),
            (_("When and who"), {"fields": quick + who}),
            told,
            (_("Publication"), {"fields": ["publication"]}),
        ]

    def get_readonly_fields(self, request, obj=None):
        stays = ["masterplan"] if obj else []
        return [*super().get_readonly_fields(request, obj), *stays]

    def has_delete_permission(self, request, obj=None):
        """What is public, or has claims, stays: it is stopped instead."""
        kept = obj is not None and (obj.publication == Publication.PUBLIC or obj.claims.exists())
        return not kept and super().has_delete_permission(request, obj)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context["open_claims"] = _open_claims(obj, request.user)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def autocomplete_label(self, obj):
        return f"{obj.name} ({label(obj.masterplan)})"

    @admin.display(description=_("state"), ordering="state")
    def state_shown(self, initiative):
        return state_tag(initiative)

    @admin.display(description=_("state"))
    def state_told(self, initiative):
        return state_told(initiative)

    @admin.display(description=_("missing"))
    def lacks(self, initiative):
        names = (LACKS[gap.field] for gap in initiatives.completeness(initiative))
        return ", ".join(str(name) for name in names) or "–"

    @admin.display(description=_("missing"))
    def missing(self, initiative):
        return " ".join(gap.text for gap in initiatives.completeness(initiative)) or "–"

    @admin.display(description=_("claims of progress"))
    def progress(self, initiative):
        return claim_lines(initiative)


def _open_claims(initiative, user):
    """The claims that ``user`` may decide about, each with the ways to do it."""
    rows = initiative.claims.select_related("claimed_by")
    found = ((claim, open_deeds(CLAIM_DEEDS, claim, user)) for claim in rows)
    return [(claim, deeds) for claim, deeds in found if deeds]
