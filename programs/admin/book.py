from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.admin.of_plan import (
    CohortUnderPlanFilter,
    PlanFilter,
    PlanSearch,
    ProvinceUnderPlanFilter,
    needed,
)
from programs.admin.publishing import PublishingAdmin
from programs.imports.sheets.book import BookSheet
from programs.models import Book, BookDefinition, BookSection, Masterplan, Publication
from regencies.admin.base import ScopedAdmin, ScopedInline
from regencies.admin.exchange import ExchangeAdmin


class SectionFormSet(forms.BaseInlineFormSet):
    """One form for each section the book's definition asks for; untouched ones are not stored."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        field = form.fields["definition"]
        field.queryset = self.instance.definition.sections.all()
        field.choices = [("", "---------"), *self._titles()]

    def _titles(self):
        if not hasattr(self, "_asked"):
            asked = self.instance.definition.sections.all()
            self._asked = [(section.pk, section.title) for section in asked]
        return self._asked


class SectionInline(ScopedInline):
    model = BookSection
    formset = SectionFormSet
    can_be_deleted = True
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}}
    fields = ["definition", "text", "pages"]

    def get_extra(self, request, obj=None, **kwargs):
        return len(unwritten(obj))

    def get_max_num(self, request, obj=None, **kwargs):
        return obj.definition.sections.count()


@admin.register(Book)
class BookAdmin(PublishingAdmin, ExchangeAdmin, PlanSearch, ScopedAdmin):
    """The books as handed over. First plan and book, then, once saved, the sections."""

    can_be_deleted = True
    sheet = BookSheet
    list_display = ["book", "region", "year", "version", "handed_over_on", "publication_state"]
    list_select_related = [*needed(), "definition"]
    list_filter = [
        "definition__number",
        CohortUnderPlanFilter,
        ProvinceUnderPlanFilter,
        PlanFilter,
        "publication",
    ]
    search_fields = ["definition__title", "masterplan__title"]
    date_hierarchy = "handed_over_on"
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}
    inlines = [SectionInline]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("definition", *needed())

    def has_delete_permission(self, request, obj=None):
        is_public = obj is not None and obj.publication == Publication.PUBLIC
        return not is_public and super().has_delete_permission(request, obj)

    def get_fieldsets(self, request, obj=None):
        what = ["masterplan", "definition", "handed_over_on", "document", "note"]
        if obj is None:
            then = _("The sections are written on the next page, once the book is saved.")
            return [(None, {"fields": what, "description": then})]
        return [(None, {"fields": what}), (_("Publication"), {"fields": ["publication"]})]

    def get_readonly_fields(self, request, obj=None):
        stays = ["masterplan", "definition"] if obj else []
        return [*super().get_readonly_fields(request, obj), *stays]

    def get_autocomplete_fields(self, request):
        open_choice = [] if self._plan(request) else ["definition"]
        return ["masterplan", "document", *open_choice]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        kwargs["initial"] = [{"definition": section.pk} for section in unwritten(obj)]
        return kwargs

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Once the plan is known, only the books of its own cohort are offered and accepted."""
        if db_field.name != "definition":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        if plan := self._plan(request):
            kwargs["queryset"] = BookDefinition.objects.filter(cohort=plan.definitions)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.error_messages["invalid_choice"] = _(
            "This is not a book of the cohort of that masterplan. Choose another one."
        )
        return field

    def response_add(self, request, obj, post_url_continue=None):
        """A new book goes on to its sections, unless the person wants the next book."""
        if obj.definition.sections.exists() and "_addanother" not in request.POST:
            request.POST = request.POST | {"_continue": "1"}
        return super().response_add(request, obj, post_url_continue)

    def _plan(self, request):
        sent = request.POST if request.method == "POST" else request.GET
        value = sent.get("masterplan", "")
        if not value.isdecimal() or len(value) > len(str(2**31)) - 1:
            return None
        return Masterplan.objects.filter(pk=value).first()

    @admin.display(description=_("book"), ordering="definition__number")
    def book(self, book):
        return book.definition

    @admin.display(description=_("version"), ordering="masterplan__version")
    def version(self, book):
        return book.masterplan.version


def unwritten(book):
    """The sections of the book's definition of which nothing is written yet."""
    if book is None:
        return []
    return book.definition.sections.exclude(written__book=book)
