from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programs.admin.of_plan import (
    CohortOfPlanFilter,
    PlanFilter,
    PlanSearch,
    ProvinceOfPlanFilter,
    needed,
    under_a_plan,
)
from programs.domain.initiatives import outside_the_period
from programs.imports.sheets.year_plan import YearPlanSheet
from programs.models import YearPlan
from regencies.admin.base import ScopedAdmin, WholeRowForm
from regencies.admin.exchange import ExchangeAdmin

TO_PLAN = "initiative__masterplan__"


class YearPlanForm(WholeRowForm):
    def clean(self):
        found = super().clean()
        initiative = found.get("initiative") or getattr(self.instance, "initiative", None)
        years = [found["year"]] if initiative and "year" in found else []
        if words := years and outside_the_period(initiative, years):
            self.add_error("year", words)
        return found


@admin.register(YearPlan)
class YearPlanAdmin(ExchangeAdmin, PlanSearch, ScopedAdmin):
    """The budgets of all initiatives as one list, above all to import and export them."""

    can_be_deleted = True
    plan_path = TO_PLAN
    form = YearPlanForm
    sheet = YearPlanSheet
    list_display = ["initiative", "region", "year_shown", "fund_source", "planned", "realised"]
    list_filter = [
        "fund_source",
        under_a_plan(CohortOfPlanFilter, TO_PLAN),
        under_a_plan(ProvinceOfPlanFilter, TO_PLAN),
        under_a_plan(PlanFilter, TO_PLAN.removesuffix("__")),
        "initiative__pillar",
    ]
    search_fields = ["initiative__name"]
    search_help_text = _("Name of the initiative, the region in any spelling, or the area.")
    fields = ["initiative", ("year", "fund_source"), ("planned", "realised")]
    autocomplete_fields = ["initiative"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("initiative", *needed(TO_PLAN))

    def get_readonly_fields(self, request, obj=None):
        return ["initiative"] if obj else []

    @admin.display(description=_("year"), ordering="year")
    def year_shown(self, plan):
        return str(plan.year)
