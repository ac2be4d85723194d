from django.contrib import admin
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.admin.filters import ByNumber, ProvinceFilter
from programs.admin.marks import BAD, GOOD, mark
from programs.admin.publishing import PublishingAdmin
from programs.admin.score_form import EvaluationForm, with_boxes
from programs.domain import evaluations
from programs.imports.sheets.evaluation import EvaluationSheet
from programs.models import Evaluation, EvaluationRound, Scorer
from regencies.admin.base import ScopedAdmin
from regencies.admin.exchange import ExchangeAdmin
from regencies.admin.searching import RegionSearch


class RoundFilter(ByNumber):
    title = gettext_lazy("round")
    parameter_name = "round"
    path = "round"

    def read_choices(self, request, model_admin):
        return [(str(held.pk), str(held)) for held in EvaluationRound.objects.all()]


class IndexFilter(admin.SimpleListFilter):
    """Whether the published index is what scores and weights make."""

    title = gettext_lazy("index")
    parameter_name = "index"

    def lookups(self, request, model_admin):
        return [
            ("differs", _("Published differs from computed")),
            ("agrees", _("Published as computed")),
            ("open", _("Not computable yet")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "differs":
            return queryset.filter(evaluations.DIFFERS)
        if self.value() == "agrees":
            return queryset.filter(difference__lt=evaluations.BEYOND_ROUNDING)
        if self.value() == "open":
            return queryset.filter(computed__isnull=True)
        return queryset


@admin.register(Evaluation)
class EvaluationAdmin(ExchangeAdmin, PublishingAdmin, RegionSearch, ScopedAdmin):
    """A region in a round: its scores as one table, the computed index beside the published."""

    form = EvaluationForm
    sheet = EvaluationSheet
    list_display = [
        "regency",
        "round",
        "published_index",
        "computed_index",
        "agreement",
        "national_rank",
        "province_rank",
        "province",
        "publication_state",
    ]
    list_select_related = ["regency__province", "round"]
    list_filter = [RoundFilter, IndexFilter, "round__phase", ProvinceFilter, "publication"]
    search_fields = ["regency__code"]
    search_help_text = gettext_lazy("The region in any spelling, or its code.")
    date_hierarchy = "round__starts_on"
    ordering = ["-round__year", "-round__phase", "regency__code"]
    autocomplete_fields = ["regency", "round", "letter"]
    readonly_fields = ["computed_index", "agreement"]

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("regency__province", "round__scheme")
        return evaluations.with_index(rows)

    def get_fieldsets(self, request, obj=None):
        index = ["published_index"] if obj is None else ["published_index", "computed_index"]
        told = [index if obj is None else tuple(index), ("national_rank", "province_rank")]
        result = ["published_index", told[1]] if obj is None else [told[0], "agreement", told[1]]
        words = ["obstacles", "support_needed"]
        return [
            (None, {"fields": ["regency", "round"]}),
            (gettext_lazy("Result"), {"fields": [*result, "letter"]}),
            (gettext_lazy("What the region says"), {"fields": words}),
            (gettext_lazy("Publication"), {"fields": ["publication"]}),
        ]

    def get_readonly_fields(self, request, obj=None):
        fixed = ["regency", "round"] if obj else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is not None:
            kwargs["form"] = with_boxes(self.form, obj)
        return super().get_form(request, obj, change=change, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change:
            scores = form.changed_scores()
            evaluations.enter_scores(form.instance, by=request.user, **scores)

    def response_add(self, request, obj, post_url_continue=None):
        """On to the scores: the round is known now, and with it the components."""
        if not {"_addanother", "_popup"} & request.POST.keys():
            request.POST = request.POST.copy()
            request.POST["_continue"] = "1"
        return super().response_add(request, obj, post_url_continue)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context |= {
                "is_scheme_published": obj.round.scheme.published_at is not None,
                "scorers": [label for _value, label in Scorer.choices],
                "recommendations": list(obj.recommendations.select_related("agency")),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.display(description=gettext_lazy("computed index"), ordering="computed")
    def computed_index(self, evaluation):
        if evaluation.computed is None:
            return _("A final score is missing.") if evaluation._asked else "–"
        return localize(evaluation.computed)

    @admin.display(description=gettext_lazy("comparison"), ordering="difference")
    def agreement(self, evaluation):
        if evaluation.difference is None:
            return "–"
        if not evaluations.differs(evaluation):
            return mark(GOOD, _("Agrees"))
        return format_html(
            "{} {}", mark(BAD, _("Differs")), _("by %s") % localize(evaluation.difference)
        )

    @admin.display(description=gettext_lazy("province"), ordering="regency__province__code")
    def province(self, evaluation):
        return evaluation.regency.province
