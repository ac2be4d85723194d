"""What the lists of a participation's papers share: MoUs, local bodies, commitments."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programs.admin.filters import CohortOfStageFilter, ProvinceOfStageFilter

PLACE_FILTERS = [CohortOfStageFilter, ProvinceOfStageFilter]


class PaperOfParticipation:
    """Search by region, and the columns that say whose paper it is."""

    regency_path = "participation__regency"

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("participation__regency", "participation__cohort__program")

    @admin.display(description=_("region"), ordering="participation__regency__code")
    def region(self, row):
        return row.participation.regency

    @admin.display(description=_("year"), ordering="participation__cohort__year")
    def year(self, row):
        return str(row.participation.cohort.year)
