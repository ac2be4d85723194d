"""A cohort at a glance: every region in sight against the stages, filtered and counted."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from programs.domain import queries
from programs.forms.matrix import MatrixForm
from programs.models import Cohort, StageStatus


@require_safe
def cohort_matrix(request, slug):
    """Everyone's own part of the cohort: the nation, a province, a region; otherwise 404."""
    cohort = get_object_or_404(Cohort.objects.select_related("program"), slug=slug)
    definitions = list(cohort.stage_definitions.all())
    rows = queries.matrix(cohort, definitions, request.user)
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
        "totals": _totals(shown, len(definitions)),
    }
    return render(request, "programs/cohort_matrix.html", context)


def _totals(rows, width):
    """The counts of the columns as lines of a table: (kind, label, counts, sum)."""
    columns = [queries.status_counts(row.stages[index] for row in rows) for index in range(width)]
    lines = [
        (kind, label, [column[kind] for column in columns])
        for kind, label in [*StageStatus.choices, (queries.LATE, _("Late"))]
    ]
    return [(kind, label, counts, sum(counts)) for kind, label, counts in lines]
