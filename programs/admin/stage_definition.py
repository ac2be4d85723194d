from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.admin.filters import CohortFilter
from programs.admin.frozen import DefinesCohort
from programs.imports.sheets.definitions import StageDefinitionSheet
from programs.models import Requirement, StageDefinition
from regencies.admin.base import ScopedAdmin, ScopedInline, WholeRowForm
from regencies.admin.exchange import ExchangeAdmin


class RequirementForm(forms.ModelForm):
    """The short name stands in submitted versions: once something is owed it stays as it is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "slug" in self.fields and self.instance.outputs.exists():
            self.fields["slug"].disabled = True


class RequirementInline(DefinesCohort, ScopedInline):
    """What the stage must deliver; the database keeps a requirement that outputs answer to."""

    model = Requirement
    form = RequirementForm
    can_be_deleted = True
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}
    fields = [("title", "slug"), "guidance", ("position", "is_mandatory")]


class StageDefinitionForm(WholeRowForm):
    """An opened stage stays Bimtek I, II, III or IV; its title, purpose and date may change."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "number" in self.fields and self.instance.stages.exists():
            self.fields["number"].disabled = True


@admin.register(StageDefinition)
class StageDefinitionAdmin(ExchangeAdmin, DefinesCohort, ScopedAdmin):
    form = StageDefinitionForm
    sheet = StageDefinitionSheet
    list_display = ["__str__", "cohort", "title", "due_on"]
    list_select_related = ["cohort__program"]
    list_filter = [CohortFilter, "number"]
    search_fields = ["title"]
    fields = ["cohort", "number", "title", "purpose", "due_on"]
    autocomplete_fields = ["cohort"]
    inlines = [RequirementInline]

    def get_readonly_fields(self, request, obj=None):
        return ["cohort"] if obj else []

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "due_on":
            field.help_text = _(
                "Copied when the stages are opened; a later change moves no opened stage."
            )
        return field
