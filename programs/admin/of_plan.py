"""What the lists of masterplans and their rows share: search, filters, and whose plan it is."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.admin.filters import ByNumber, CohortFilter, ProvinceFilter
from programs.models import Masterplan
from regencies.admin.searching import RegionSearch
from regencies.domain.searching import regencies_called
from regencies.models import Area, Province


class PlanFilter(ByNumber):
    """The rows of one plan; offered only on the way from that plan's page."""

    title = _("masterplan")
    parameter_name = "plan"
    path = "masterplan"

    def lookups(self, request, model_admin):
        value = request.GET.get(self.parameter_name, "")
        found = Masterplan.objects.filter(pk=value) if value.isdecimal() else []
        return [(value, str(plan)) for plan in found]


class CohortOfPlanFilter(CohortFilter):
    """The cohort of the participation, or of the joint plan."""

    path = ""  # to the masterplan

    def queryset(self, request, queryset):
        if (value := self.value()) and value.isdecimal():
            ways = ("participation__cohort", "cohort")
            return queryset.filter(
                Q(**{self.path + ways[0]: value}) | Q(**{self.path + ways[1]: value})
            )
        return queryset


class ProvinceOfPlanFilter(ProvinceFilter):
    """The province of the region, or of a region of the area."""

    path = ""  # to the masterplan

    def read_choices(self, request, model_admin):
        rows = model_admin.get_queryset(request).order_by()
        own = rows.values(f"{self.path}participation__regency__province")
        areas = Area.objects.filter(pk__in=rows.values(f"{self.path}area"))
        shared = areas.values("regencies__province")
        present = Province.objects.filter(Q(pk__in=own) | Q(pk__in=shared))
        return list(present.values_list("code", "name"))

    def queryset(self, request, queryset):
        if (value := self.value()) and value.isdecimal():
            own = {f"{self.path}participation__regency__province__code": value}
            areas = Area.objects.filter(regencies__province__code=value)
            return queryset.filter(Q(**own) | Q(**{f"{self.path}area__in": areas}))
        return queryset


def under_a_plan(filter_class, path="masterplan__"):
    """The filter for rows from which ``path`` leads to the masterplan."""
    return type(filter_class.__name__, (filter_class,), {"path": path})


CohortUnderPlanFilter = under_a_plan(CohortOfPlanFilter)
ProvinceUnderPlanFilter = under_a_plan(ProvinceOfPlanFilter)


class PlanSearch(RegionSearch):
    """Search by region in any spelling, joint plans of its areas included; whose plan it is."""

    plan_path = "masterplan__"
    search_help_text = _("Name or title, the region in any spelling, or the area.")

    @property
    def regency_path(self):
        return f"{self.plan_path}participation__regency"

    def get_search_results(self, request, queryset, search_term):
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if search_term.strip():
            areas = Area.objects.filter(
                Q(name__icontains=search_term) | Q(regencies__in=regencies_called(search_term))
            )
            found |= queryset.filter(**{f"{self.plan_path}area__in": areas.values("pk")})
        return found, may_repeat

    @admin.display(description=_("region"))
    def region(self, row):
        return whose(self._plan_of(row))

    @admin.display(description=_("year"))
    def year(self, row):
        return str(self._plan_of(row).definitions.year)

    def _plan_of(self, row):
        for step in self.plan_path.split("__")[:-1]:
            row = getattr(row, step)
        return row


def whose(plan):
    """The region of a plan, or the area of a joint one."""
    return plan.participation.regency if plan.participation else plan.area


def label(plan):
    """A plan in a search-as-you-type list: its title says the region, as a rule, not the year."""
    return f"{plan} · {whose(plan)} {plan.definitions.year}"


#: What ``whose`` and ``label`` read, from a row to its plan.
NEEDED = ("participation__regency", "participation__cohort__program", "area", "cohort__program")


def needed(path="masterplan__"):
    return [f"{path}{way}" for way in NEEDED]
