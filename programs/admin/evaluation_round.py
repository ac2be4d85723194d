from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from programs.admin.publishing import PublishingAdmin
from programs.imports.sheets.evaluation import EvaluationRoundSheet
from programs.models import ComponentScore, EvaluationRound
from regencies.admin.base import ScopedAdmin, WholeRowForm
from regencies.admin.exchange import ExchangeAdmin


class EvaluationRoundForm(WholeRowForm):
    """A round that is scored keeps its scheme: its scores are about that scheme's components."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None or "scheme" not in self.fields:
            return
        if ComponentScore.objects.filter(evaluation__round=self.instance).exists():
            self.fields["scheme"].disabled = True
            self.fields["scheme"].help_text = _("Scores of this round follow it: it stays.")


@admin.register(EvaluationRound)
class EvaluationRoundAdmin(ExchangeAdmin, PublishingAdmin, ScopedAdmin):
    form = EvaluationRoundForm
    sheet = EvaluationRoundSheet
    list_display = [
        "__str__",
        "starts_on",
        "ends_on",
        "place",
        "scheme",
        "regions",
        "publication_state",
    ]
    list_select_related = ["scheme"]
    list_filter = ["phase", "publication"]
    search_fields = ["year", "place", "scheme__name"]
    search_help_text = _("Year, place or scheme.")
    date_hierarchy = "starts_on"
    fieldsets = [
        (None, {"fields": [("year", "phase"), "scheme"]}),
        (_("When and where"), {"fields": [("starts_on", "ends_on"), "place", "letter", "note"]}),
        (_("Publication"), {"fields": ["publication"]}),
    ]
    autocomplete_fields = ["scheme", "letter"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(evaluated=Count("evaluations"))

    @admin.display(description=_("regions"), ordering="evaluated")
    def regions(self, held):
        return held.evaluated
