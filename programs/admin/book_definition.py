from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from programs.admin.filters import CohortFilter
from programs.admin.frozen import DefinesCohort
from programs.imports.sheets.book_definition import BookDefinitionSheet
from programs.models import BookDefinition, SectionDefinition
from regencies.admin.base import ScopedAdmin, ScopedInline
from regencies.admin.exchange import ExchangeAdmin


class SectionDefinitionInline(DefinesCohort, ScopedInline):
    """The sections of the book; the database keeps one that a region has written already."""

    model = SectionDefinition
    can_be_deleted = True
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}
    fields = ["title", "guidance", ("position", "is_mandatory")]


@admin.register(BookDefinition)
class BookDefinitionAdmin(DefinesCohort, ExchangeAdmin, ScopedAdmin):
    """The books that a cohort asks for, free until the cohort's definitions are published."""

    sheet = BookDefinitionSheet
    list_display = ["__str__", "cohort", "sections_asked"]
    list_filter = [CohortFilter, "number"]
    search_fields = ["title", "cohort__slug", "sections__title"]
    search_help_text = _("Title of the book or of a section, or the address of the cohort.")
    fields = ["cohort", "number", "title", "guidance"]
    autocomplete_fields = ["cohort"]
    inlines = [SectionDefinitionInline]

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("cohort__program")
        return rows.annotate(asked=Count("sections", distinct=True))

    def get_readonly_fields(self, request, obj=None):
        return ["cohort"] if obj else []

    def autocomplete_label(self, obj):
        return f"{obj} ({obj.cohort.year})"

    @admin.display(description=_("sections"), ordering="asked")
    def sections_asked(self, definition):
        return definition.asked
