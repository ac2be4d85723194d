from django import forms
from django.contrib import admin
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.admin.candidacy_steps import CANDIDACY_DEEDS, decision_tag
from programs.admin.filters import CohortFilter, ProvinceFilter
from programs.admin.publishing import PublishingAdmin
from programs.domain import candidacies
from programs.imports.sheets.candidacy import CandidacySheet
from programs.models import AssessmentCriterion, AssessorScore, Candidacy
from regencies.admin.base import ScopedAdmin, ScopedInline, WholeRowForm
from regencies.admin.exchange import ExchangeAdmin
from regencies.admin.searching import RegionSearch


class ReleasedFilter(admin.SimpleListFilter):
    """Whether the region knows; undecided ones are neither."""

    title = gettext_lazy("release")
    parameter_name = "released"

    def lookups(self, request, model_admin):
        return [
            ("yes", _("Released")),
            ("no", _("Decided, not released")),
            ("open", _("Not decided yet")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.filter(released_at__isnull=False)
        if self.value() == "no":
            return queryset.filter(released_at=None).exclude(decision="")
        if self.value() == "open":
            return queryset.filter(decision="")
        return queryset


class ScoreForm(WholeRowForm):
    """Says at the score what the database says about the whole row."""

    def clean(self):
        found = super().clean()
        criterion, score = found.get("criterion"), found.get("score")
        if criterion and score is not None and score > criterion.highest_score:
            words = _("At most %s for this criterion.")
            self.add_error("score", words % number_format(criterion.highest_score))
        return found


class AssessorScoreInline(ScopedInline):
    """What each assessor gave; the criteria are those of the candidate's own cohort."""

    model = AssessorScore
    form = ScoreForm
    can_be_deleted = True
    fields = [("criterion", "assessor"), ("score", "remark")]

    def get_formset(self, request, obj=None, **kwargs):
        self.cohort = obj and obj.cohort
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "criterion":
            kwargs["queryset"] = AssessmentCriterion.objects.filter(cohort=self.cohort)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "remark":
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2, "cols": 40})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "criterion":  # definitions are not edited from here
            for what in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{what}_related", False)
        return field


@admin.register(Candidacy)
class CandidacyAdmin(PublishingAdmin, ExchangeAdmin, RegionSearch, ScopedAdmin):
    """Who was invited, what the assessors gave, and what was decided and told."""

    sheet = CandidacySheet
    deeds = CANDIDACY_DEEDS
    list_display = [
        "regency",
        "year",
        "decision_state",
        "progress",
        "assessed_from",
        "letter",
        "publication_state",
    ]
    list_filter = [
        CohortFilter,
        "progress",
        "decision",
        ReleasedFilter,
        ProvinceFilter,
        "publication",
    ]
    search_fields = ["regency__code", "letter__number_as_printed"]
    search_help_text = gettext_lazy("The region in any spelling, or the number of the letter.")
    date_hierarchy = "assessed_from"
    ordering = ["-cohort__year", "regency__code"]
    autocomplete_fields = ["regency", "cohort", "letter"]
    readonly_fields = [
        "decision_state",
        "reason",
        "decided",
        "released",
        "means",
    ]
    inlines = [AssessorScoreInline]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        people = ("decided_by", "released_by")
        return rows.select_related("regency__province", "cohort__program", "letter", *people)

    def get_fieldsets(self, request, obj=None):
        invited = ["regency", "cohort", "progress", "invited_on"]
        assessed = [("assessed_from", "assessed_until"), "assessment_place"]
        told = ["letter", "publication", "note"]
        sheets = [
            (None, {"fields": invited}),
            (gettext_lazy("Assessment"), {"fields": [*assessed, "means"] if obj else assessed}),
            (gettext_lazy("Letter and publication"), {"fields": told}),
        ]
        decision = ["decision_state", "reason", "decided", "released"]
        if obj is not None:
            sheets.insert(2, (gettext_lazy("Decision"), {"fields": decision}))
        return sheets

    def get_readonly_fields(self, request, obj=None):
        chosen_once = ["regency", "cohort"] if obj else []
        return [*super().get_readonly_fields(request, obj), *chosen_once]

    def get_inlines(self, request, obj):
        """Scores follow the criteria of the cohort, which a new row has yet to name."""
        return super().get_inlines(request, obj) if obj else []

    @admin.display(description=gettext_lazy("year"), ordering="cohort__year")
    def year(self, candidacy):
        return str(candidacy.cohort.year)

    @admin.display(description=gettext_lazy("decision"), ordering="decision")
    def decision_state(self, candidacy):
        return decision_tag(candidacy)

    @admin.display(description=gettext_lazy("decided"))
    def decided(self, candidacy):
        return _signed(candidacy.decided_at, candidacy.decided_by)

    @admin.display(description=gettext_lazy("released to the region"))
    def released(self, candidacy):
        return _signed(candidacy.released_at, candidacy.released_by)

    @admin.display(description=gettext_lazy("means of the assessors"))
    def means(self, candidacy):
        found = candidacies.scores(candidacy)
        if not found.criteria:
            return _("This cohort has no criteria yet.")
        rows = format_html_join("", "<li>{}: <strong>{}</strong> {}</li>", _lines(found))
        return format_html('<ul class="portal-plain">{}</ul>', rows)


def _signed(moment, person):
    if moment is None:
        return "–"
    day = date_format(localtime(moment), "j M Y H:i")
    return f"{day}, {person}" if person else day


def _lines(found):
    """A line per criterion, and the weighted total where there is one."""
    for line in found.criteria:
        counted = _("(assessors: %(assessors)s; scores up to %(highest)s)") % {
            "assessors": line.assessors,
            "highest": number_format(line.criterion.highest_score),
        }
        mean = "–" if line.mean is None else number_format(line.mean, 2)
        yield line.criterion, mean, counted if line.assessors else ""
    if found.total is not None:
        yield _("Weighted total"), number_format(found.total, 2), _("of 100")
