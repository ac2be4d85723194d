from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programs.admin.filters import CohortFilter
from programs.admin.frozen import DefinesCohort
from programs.admin.stage_definition import RequirementForm
from programs.imports.sheets.definitions import RequirementSheet
from programs.models import Requirement, StageDefinition
from regencies.admin.base import ScopedAdmin, WholeRowForm
from regencies.admin.exchange import ExchangeAdmin


class CohortOfRequirementFilter(CohortFilter):
    path = "definition__cohort"


class OneRequirementForm(RequirementForm, WholeRowForm):
    """As in its stage's page; the stage of a stored one stays."""


@admin.register(Requirement)
class RequirementAdmin(ExchangeAdmin, DefinesCohort, ScopedAdmin):
    """What all stages of all cohorts ask, in one list: for looking across years, and for files."""

    cohort_path = "definition__cohort"
    form = OneRequirementForm
    sheet = RequirementSheet
    list_display = ["title", "slug", "cohort", "definition", "position", "is_mandatory"]
    list_select_related = ["definition__cohort__program"]
    list_filter = [CohortOfRequirementFilter, "definition__number", "is_mandatory"]
    search_fields = ["title", "slug"]
    fields = ["definition", "title", "slug", "guidance", "position", "is_mandatory"]
    ordering = ["-definition__cohort__year", "definition__number", "position", "pk"]

    def get_readonly_fields(self, request, obj=None):
        return ["definition"] if obj else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "definition":
            drafts = StageDefinition.objects.filter(cohort__definitions_published_at=None)
            field.queryset = drafts.select_related("cohort__program")
            field.label_from_instance = lambda stage: f"{stage.cohort} · {stage}"
        return field

    @admin.display(description=_("cohort"), ordering="definition__cohort__year")
    def cohort(self, requirement):
        return requirement.definition.cohort
