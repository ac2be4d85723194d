"""Filters over the programme's rows, shared by the API and the pages."""

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, NumberFilter

from programs.models import BimtekStage, Entry, ParticipationStatus, Publication, StageStatus
from programs.models.cohort import ROMAN
from regencies.filters import (
    ProvinceCodeFilter,
    RegencyCodeFilter,
    SlugFilter,
    StableOrderingFilter,
    TrueOrFalseFilter,
)
from regencies.models import Kind


class CohortFilter(FilterSet):
    year = NumberFilter(min_value=2017, max_value=2100, decimal_places=0)
    ordering = StableOrderingFilter(fields=["year", "slug"])


class ParticipationFilter(FilterSet):
    cohort = SlugFilter(field_name="cohort__slug", label=_("Cohort, for example 2018"))
    regency = RegencyCodeFilter(field_name="regency__code")
    province = ProvinceCodeFilter(field_name="regency__province__code")
    kind = ChoiceFilter(field_name="regency__kind", choices=Kind.choices)
    entry = ChoiceFilter(choices=Entry.choices)
    status = ChoiceFilter(choices=ParticipationStatus.choices)
    area = SlugFilter(field_name="area__slug", label=_("Area, for example danau-toba"))
    ordering = StableOrderingFilter(
        fields={"cohort__year": "year", "regency__code": "regency", "regency__name": "name"}
    )


class StageFilter(FilterSet):
    cohort = SlugFilter(field_name="participation__cohort__slug", label=_("Cohort"))
    regency = RegencyCodeFilter(field_name="participation__regency__code")
    province = ProvinceCodeFilter(field_name="participation__regency__province__code")
    number = ChoiceFilter(
        field_name="definition__number",
        choices=[(str(n), f"Bimtek {r}") for n, r in ROMAN.items()],
    )
    status = ChoiceFilter(choices=StageStatus.choices)
    late = TrueOrFalseFilter(method="by_lateness", label=_("Owed, and the due day is over"))
    publication = ChoiceFilter(choices=Publication.choices)
    ordering = StableOrderingFilter(
        fields={
            "due_on": "due_on",
            "participation__cohort__year": "year",
            "participation__regency__code": "regency",
            "definition__number": "number",
            "submitted_at": "submitted_at",
            "verified_at": "verified_at",
        }
    )

    def by_lateness(self, queryset, name, value):
        late = BimtekStage.objects.late().values("pk")
        return queryset.filter(pk__in=late) if value else queryset.exclude(pk__in=late)
