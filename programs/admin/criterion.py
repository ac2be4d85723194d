from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programs.admin.filters import CohortFilter
from programs.admin.frozen import DefinesCohort
from programs.imports.sheets.criterion import AssessmentCriterionSheet
from programs.models import AssessmentCriterion
from regencies.admin.base import ScopedAdmin
from regencies.admin.exchange import ExchangeAdmin


@admin.register(AssessmentCriterion)
class AssessmentCriterionAdmin(DefinesCohort, ExchangeAdmin, ScopedAdmin):
    """What assessors judge. Data per cohort, only read once the cohort's are published."""

    sheet = AssessmentCriterionSheet
    can_be_deleted = True
    list_display = ["title", "cohort", "position", "weight", "highest_score"]
    list_filter = [CohortFilter]
    search_fields = ["title", "slug", "cohort__slug"]
    search_help_text = _("Title, short name or the address of the cohort.")
    fields = ["cohort", "title", "slug", "position", "guidance", "weight", "highest_score"]
    autocomplete_fields = ["cohort"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("cohort__program")

    def get_readonly_fields(self, request, obj=None):
        return ["cohort"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title"]}

    def autocomplete_label(self, obj):
        return f"{obj.title} ({obj.cohort.year})"
