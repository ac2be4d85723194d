"""A cohort at a glance: every region in sight against the stages, filtered and counted."""

from collections import Counter
from dataclasses import dataclass

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from programs.domain import queries
from programs.models import BimtekStage, Cohort, Participation, StageStatus

LATE = "late"


@dataclass(frozen=True)
class Row:
    """One region against the stages of its cohort; None where a stage was not opened."""

    participation: Participation
    stages: list[BimtekStage | None]

    @property
    def progress(self):
        """How far the region is, for sorting: verified first, then what is handed in."""
        found = Counter(stage.status for stage in self.stages if stage)
        return found[StageStatus.VERIFIED], found[StageStatus.SUBMITTED]


class MatrixForm(forms.Form):
    """The filters and the order, from the address; offers only provinces that are there."""

    province = forms.ChoiceField(label=_("Province"), required=False)
    status = forms.ChoiceField(
        label=_("Status of a stage"),
        required=False,
        choices=[("", _("All")), *StageStatus.choices],
    )
    late = forms.BooleanField(label=_("Only with a late stage"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("By region")), ("progress", _("Furthest first"))],
    )

    def __init__(self, data, *, rows):
        super().__init__(data)
        provinces = {row.participation.regency.province for row in rows}
        by_code = sorted(provinces, key=lambda province: province.code)
        self.fields["province"].choices = [
            ("", _("All")),
            *((province.code, province.name) for province in by_code),
        ]

    def narrow(self, rows):
        """The rows that fit; all of them while the address makes no sense."""
        if not self.is_valid():
            return rows
        wanted = self.cleaned_data
        found = [row for row in rows if _fits(row, wanted)]
        if wanted["sort"] == "progress":
            found.sort(key=lambda row: row.progress, reverse=True)
        return found


def cohort_matrix(request, slug):
    """Everyone's own part of the cohort: the nation, a province, a region; otherwise 404."""
    cohort = get_object_or_404(Cohort.objects.select_related("program"), slug=slug)
    definitions = list(cohort.stage_definitions.all())
    rows = [
        Row(participation, _stages(participation, definitions))
        for participation in queries.matrix(cohort, request.user)
    ]
    if not rows:
        raise Http404
    form = MatrixForm(request.GET, rows=rows)
    shown = form.narrow(rows)
    context = {
        "section": "matrix",
        "cohort": cohort,
        "definitions": definitions,
        "form": form,
        "rows": shown,
        "total": len(rows),
        "totals": _totals(shown, definitions),
        "is_narrowed": any(request.GET.get(name) for name in ("province", "status", "late")),
    }
    return render(request, "programs/cohort_matrix.html", context)


def _stages(participation, definitions):
    stages = {stage.definition_id: stage for stage in participation.shown_stages}
    return [stages.get(definition.pk) for definition in definitions]


def _fits(row, wanted):
    if wanted["province"] and row.participation.regency.province.code != wanted["province"]:
        return False
    if not (wanted["status"] or wanted["late"]):
        return True
    return any(
        stage and wanted["status"] in ("", stage.status) and (stage.is_late or not wanted["late"])
        for stage in row.stages
    )


def _totals(rows, definitions):
    """For each status, and for being late, how many of the shown regions have it at each stage."""
    columns = [
        Counter(kind for row in rows for kind in _kinds(row.stages[index]))
        for index in range(len(definitions))
    ]
    lines = [
        (kind, label, [column[kind] for column in columns])
        for kind, label in [*StageStatus.choices, (LATE, _("Late"))]
    ]
    return [(kind, label, counts, sum(counts)) for kind, label, counts in lines]


def _kinds(stage):
    """Under what a stage is counted: its status, and being late beside it."""
    if stage is None:
        return ()
    return (stage.status, LATE) if stage.is_late else (stage.status,)
