from django import forms
from django.contrib import admin
from django.db.models import BooleanField, ExpressionWrapper, Max, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.admin.evaluation import RoundFilter
from programs.admin.filters import ProvinceFilter
from programs.admin.marks import BAD, GOOD, WAITING, mark
from programs.admin.publishing import PublishingAdmin
from programs.domain import recommendations
from programs.imports.sheets.evaluation import RecommendationSheet
from programs.models import Document, FollowUp, Recommendation
from regencies.access import Right
from regencies.admin.base import ScopedAdmin, WholeRowForm
from regencies.admin.deeds import AnswerForm, Deed, words_field
from regencies.admin.exchange import ExchangeAdmin
from regencies.admin.searching import RegionSearch
from regencies.admin.widgets import ChosenRow

ROWS = {"rows": 6, "class": "vLargeTextField"}


class RecommendationForm(WholeRowForm):
    def clean(self):
        cleaned = super().clean()
        agency = cleaned.get("agency")
        evaluation = cleaned.get("evaluation") or getattr(self.instance, "evaluation", None)
        if agency and evaluation and agency.regency_id != evaluation.regency_id:
            self.add_error("agency", _("This agency belongs to another region."))
        return cleaned


class ReportForm(AnswerForm):
    text = words_field(
        gettext_lazy("What was done"),
        missing=gettext_lazy("Write what was done."),
        help_text=gettext_lazy("Written once; a correction is another report."),
        max_length=recommendations.LONGEST_TEXT,
    )
    evidence = forms.ModelChoiceField(
        Document.objects.all(),
        label=gettext_lazy("Evidence"),
        required=False,
        help_text=gettext_lazy("A paper on record; type part of its title."),
        widget=ChosenRow(FollowUp._meta.get_field("evidence"), admin.site),
    )


class ClosingForm(AnswerForm):
    note = words_field(
        gettext_lazy("Why it is closed"),
        missing=gettext_lazy("Say why the recommendation is closed."),
        help_text=gettext_lazy("For example: Data dukung diterima lengkap pada 3 Februari."),
        max_length=recommendations.LONGEST_TEXT,
    )


def _last_report(recommendation):
    last = recommendation.follow_ups.select_related("reported_by").order_by("-pk").first()
    if last is None:
        return _("Nothing reported yet.")
    return f"{last} ({last.reported_by}, {date_format(last.reported_at, 'j M Y')})"


FACTS = [
    (gettext_lazy("Region"), lambda row: row.evaluation.regency),
    (gettext_lazy("Last report"), _last_report),
]


def refusals(rows, by):
    return recommendations.refusals(rows)


REPORT = Deed(
    verb="report",
    right=Right.REVIEW,
    do=recommendations.report,
    title=gettext_lazy("Report on recommendations"),
    question=gettext_lazy("Every recommendation chosen gets the same report."),
    button=gettext_lazy("Report"),
    done=gettext_lazy("Reported"),
    refusals=refusals,
    form=ReportForm,
    facts=FACTS,
)
CLOSE = Deed(
    verb="close",
    right=Right.REVIEW,
    do=recommendations.close,
    title=gettext_lazy("Close recommendations"),
    question=gettext_lazy(
        "A closed recommendation stays as it is: no report follows, and there is no way back. "
        "Whoever reported last leaves the closing to somebody else."
    ),
    button=gettext_lazy("Close it for good"),
    done=gettext_lazy("Closed"),
    offer=gettext_lazy("Close…"),
    refusals=refusals,
    form=ClosingForm,
    facts=FACTS,
)


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("status")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("open", _("Open")), ("late", _("Late")), ("closed", _("Closed"))]

    def queryset(self, request, queryset):
        if self.value() == "open":
            return queryset.open()
        if self.value() == "late":
            return queryset.late()
        if self.value() == "closed":
            return queryset.filter(closed_at__isnull=False)
        return queryset


class RoundOfEvaluationFilter(RoundFilter):
    path = "evaluation__round"


class ProvinceOfEvaluationFilter(ProvinceFilter):
    path = "evaluation__regency__province"


@admin.register(Recommendation)
class RecommendationAdmin(ExchangeAdmin, PublishingAdmin, RegionSearch, ScopedAdmin):
    """Advice and what became of it: open, late by the region's own day, or closed for good."""

    form = RecommendationForm
    can_be_deleted = True
    sheet = RecommendationSheet
    regency_path = "evaluation__regency"
    list_display = ["text_start", "region", "round", "state", "due_on", "agency"]
    list_display += ["publication_state"]
    list_select_related = ["evaluation__regency__province", "evaluation__round", "agency"]
    list_filter = [StateFilter, RoundOfEvaluationFilter, ProvinceOfEvaluationFilter, "publication"]
    search_fields = ["text"]
    search_help_text = gettext_lazy("The region in any spelling, or words of the advice.")
    date_hierarchy = "due_on"
    fieldsets = [
        (None, {"fields": ["evaluation", "position", "text", "agency", "due_on"]}),
        (
            gettext_lazy("Status"),
            {"fields": ["state", "closed_at", "closed_by", "closing_note", "publication"]},
        ),
    ]
    readonly_fields = ["state", "closed_at", "closed_by", "closing_note"]
    autocomplete_fields = ["evaluation", "agency"]
    deeds = [REPORT, CLOSE]

    def get_queryset(self, request):
        late = ExpressionWrapper(
            Q(pk__in=Recommendation.objects.late().values("pk")), output_field=BooleanField()
        )
        rows = super().get_queryset(request).annotate(is_late=late)
        return rows.select_related("evaluation__regency__province", "evaluation__round")

    def get_changeform_initial_data(self, request):
        """The next free place, when an evaluation's page led here."""
        initial = super().get_changeform_initial_data(request)
        chosen = initial.get("evaluation", "")
        if chosen.isdecimal() and len(chosen) < 10:
            there = Recommendation.objects.filter(evaluation=chosen).aggregate(n=Max("position"))
            initial["position"] = (there["n"] or 0) + 1
        return initial

    def has_change_permission(self, request, obj=None):
        return not _is_closed(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return not _is_closed(obj) and super().has_delete_permission(request, obj)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            reports = obj.follow_ups.select_related("reported_by", "evidence")
            context["follow_ups"] = list(reports)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.display(description=gettext_lazy("recommendation"), ordering="position")
    def text_start(self, recommendation):
        return str(recommendation)

    @admin.display(description=gettext_lazy("region"), ordering="evaluation__regency__code")
    def region(self, recommendation):
        return recommendation.evaluation.regency

    @admin.display(description=gettext_lazy("round"), ordering="evaluation__round__year")
    def round(self, recommendation):
        return recommendation.evaluation.round

    @admin.display(description=gettext_lazy("status"), ordering="closed_at")
    def state(self, recommendation):
        if recommendation.closed_at:
            return mark(GOOD, _("Closed"))
        if getattr(recommendation, "is_late", False):
            return mark(BAD, _("Late"))
        return mark(WAITING, _("Open"))


def _is_closed(recommendation):
    return recommendation is not None and recommendation.closed_at is not None
