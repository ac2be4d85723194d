from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.admin import masterplan_facts as facts
from programs.admin.of_plan import (
    CohortOfPlanFilter,
    PlanSearch,
    ProvinceOfPlanFilter,
    label,
    needed,
)
from programs.admin.publishing import PublishingAdmin
from programs.domain import masterplans
from programs.imports.sheets.masterplan import MasterplanSheet
from programs.models import LegalInstrument, Masterplan
from regencies.admin.base import ScopedAdmin, ScopedInline, WholeRowForm
from regencies.admin.exchange import ExchangeAdmin
from regencies.errors import RuleError


class LegalFilter(admin.SimpleListFilter):
    title = _("legal form")
    parameter_name = "law"

    def lookups(self, request, model_admin):
        return [("yes", _("Has one")), ("no", _("None yet"))]

    def queryset(self, request, queryset):
        carried = LegalInstrument.objects.values("masterplan")
        if self.value() == "yes":
            return queryset.filter(pk__in=carried)
        if self.value() == "no":
            return queryset.exclude(pk__in=carried)
        return queryset


class MasterplanForm(WholeRowForm):
    """A plan is a region's or an area's: the form says which fields make the one or the other."""

    def clean(self):
        found = super().clean()
        if "participation" in self.fields:
            self._check_whose(found)
        years = {name: found.get(name) for name in ("first_year", "last_year")}
        if not self.errors:
            checked = Masterplan(pk=self.instance.pk, **years)
            try:
                masterplans.check_period(checked)
            except RuleError as refusal:
                self.add_error("last_year", str(refusal))
        return found

    def _check_whose(self, found):
        participation, area = found.get("participation"), found.get("area")
        cohort = found.get("cohort")
        if {"participation", "area", "cohort"} & self.errors.keys():
            return
        if participation and (area or cohort):
            text = _("This is the plan of a region: leave area and cohort empty.")
            self.add_error("area" if area else "cohort", text)
        elif area and not cohort:
            self.add_error("cohort", _("Choose the cohort in which the area plans together."))
        elif not participation and not area:
            text = _("Choose the participation; for a joint plan choose area and cohort instead.")
            self.add_error("participation", text)


class LegalInstrumentInline(ScopedInline):
    model = LegalInstrument
    can_be_deleted = True
    fields = [("form", "number_as_printed"), "title", ("enacted_on", "document")]
    autocomplete_fields = ["document"]


@admin.register(Masterplan)
class MasterplanAdmin(PublishingAdmin, ExchangeAdmin, PlanSearch, ScopedAdmin):
    """Every version of every plan. Whose plan it is stays: books and initiatives hang on it."""

    plan_path = ""
    form = MasterplanForm
    sheet = MasterplanSheet
    list_display = [
        "title",
        "region",
        "year",
        "version",
        "period",
        "legal_form",
        "book_figures",
        "initiative_figures",
        "publication_state",
    ]
    list_filter = [CohortOfPlanFilter, ProvinceOfPlanFilter, LegalFilter, "area", "publication"]
    search_fields = ["title"]
    autocomplete_fields = ["participation", "area", "cohort"]
    readonly_fields = ["legal_form", "books", "initiatives", "silent_agencies", "costs"]
    inlines = [LegalInstrumentInline]
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related(*needed(""))
        return masterplans.with_figures(rows.prefetch_related("legal_instruments"))

    def get_fieldsets(self, request, obj=None):
        plan = ["title", "version", ("first_year", "last_year"), "note"]
        if obj is None:
            joint = _(
                "Only where the regions of an area plan together, such as Danau Toba 2021. Leave"
                " the participation above empty then."
            )
            return [
                (_("Plan of a region"), {"fields": ["participation"]}),
                (_("Joint plan of an area"), {"fields": ["area", "cohort"], "description": joint}),
                (_("The plan"), {"fields": plan}),
            ]
        whose = ["participation"] if obj.participation_id else ["area", "cohort"]
        there = ["legal_form", "books", "initiatives", "silent_agencies", "costs"]
        return [
            (None, {"fields": [*whose, *plan]}),
            (_("What it has"), {"fields": there}),
            (_("Publication"), {"fields": ["publication"]}),
        ]

    def get_readonly_fields(self, request, obj=None):
        stays = ["participation", "area", "cohort"] if obj else []
        return [*super().get_readonly_fields(request, obj), *stays]

    def autocomplete_label(self, obj):
        return label(obj)

    @admin.display(description=_("period"), ordering="first_year")
    def period(self, plan):
        return f"{plan.first_year}–{plan.last_year}" if plan.first_year else "–"

    @admin.display(description=_("legal form"))
    def legal_form(self, plan):
        return masterplans.legal_form(plan)

    @admin.display(description=_("books"))
    def book_figures(self, plan):
        return facts.book_figures(plan)

    @admin.display(description=_("initiatives"), ordering="initiatives_there")
    def initiative_figures(self, plan):
        return facts.initiative_figures(plan)

    @admin.display(description=_("books"))
    def books(self, plan):
        return facts.books(plan)

    @admin.display(description=_("initiatives"))
    def initiatives(self, plan):
        return facts.initiatives(plan)

    @admin.display(description=_("agencies that proposed nothing yet"))
    def silent_agencies(self, plan):
        return facts.silent_agencies(plan)

    @admin.display(description=_("budget by year"))
    def costs(self, plan):
        return facts.costs(plan)
