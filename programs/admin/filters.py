"""The filters that several lists share."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programs.models import Cohort
from regencies.models import Province


class ReadOnce(admin.SimpleListFilter):
    """Django makes every filter anew for each count beside a choice; choices are read once."""

    def lookups(self, request, model_admin):
        kept = request.__dict__.setdefault("_filter_choices", {})
        if self.parameter_name not in kept:
            kept[self.parameter_name] = self.read_choices(request, model_admin)
        return kept[self.parameter_name]


class ByNumber(ReadOnce):
    """By one of the rows that ``path`` leads to."""

    path: str

    def queryset(self, request, queryset):
        if (value := self.value()) and value.isdecimal():
            return queryset.filter(**{self.path: value})
        return queryset


class CohortFilter(ByNumber):
    """By cohort; subclasses say by which path the list reaches it."""

    title = _("cohort")
    parameter_name = "cohort"
    path = "cohort"

    def read_choices(self, request, model_admin):
        return [(str(c.pk), str(c)) for c in Cohort.objects.select_related("program")]


class ProvinceFilter(ReadOnce):
    """By the province of the region; only provinces that have one in the list are offered."""

    title = _("province")
    parameter_name = "province"
    path = "regency__province"

    def read_choices(self, request, model_admin):
        present = model_admin.get_queryset(request).order_by().values(self.path)
        return list(Province.objects.filter(pk__in=present).values_list("code", "name"))

    def queryset(self, request, queryset):
        if (value := self.value()) and value.isdecimal():
            return queryset.filter(**{f"{self.path}__code": value})
        return queryset


class CohortOfStageFilter(CohortFilter):
    path = "participation__cohort"


class ProvinceOfStageFilter(ProvinceFilter):
    path = "participation__regency__province"


class CohortOfLineFilter(CohortFilter):
    path = "stage__participation__cohort"


class AwaitingReviewFilter(admin.SimpleListFilter):
    """Handed in and not decided upon, by the same rule as the ministry's own first page."""

    title = _("awaiting review")
    parameter_name = "waiting"

    def lookups(self, request, model_admin):
        return [("yes", _("Awaiting review")), ("no", _("Not awaiting review"))]

    def queryset(self, request, queryset):
        waiting = queryset.model.objects.awaiting_review().values("pk")
        if self.value() == "yes":
            return queryset.filter(pk__in=waiting)
        if self.value() == "no":
            return queryset.exclude(pk__in=waiting)
        return queryset


class LateFilter(admin.SimpleListFilter):
    """Owed and past its date, by the same rule as every task list."""

    title = _("late")
    parameter_name = "late"

    def lookups(self, request, model_admin):
        return [("yes", _("Late")), ("no", _("Not late"))]

    def queryset(self, request, queryset):
        late = queryset.model.objects.late().values("pk")
        if self.value() == "yes":
            return queryset.filter(pk__in=late)
        if self.value() == "no":
            return queryset.exclude(pk__in=late)
        return queryset
