"""The first page after signing in: what is owed, what waits, and where to go."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from programs.domain import queries
from programs.models import Cohort, Participation
from regencies.access import Right, holds

MOST_TASKS = 10


@require_safe
def workspace(request):
    """Tasks for officers, waiting submissions for the ministry, regions for those who look on."""
    is_ministry = holds(request.user, Right.REVIEW)
    context = {"section": "work", "is_ministry": is_ministry}
    if is_ministry:
        waiting = queries.awaiting_review_by(request.user)
        context |= {
            "waiting": list(waiting[:MOST_TASKS]),
            "waiting_count": waiting.count(),
            "cohorts": Cohort.objects.select_related("program"),
        }
    else:
        tasks = queries.tasks_of(request.user)
        rows = Participation.objects.visible_to(request.user).with_place()
        context |= {
            "tasks": list(tasks[:MOST_TASKS]),
            "task_count": tasks.count(),
            "handed_in": queries.handed_in_by_region_of(request.user),
            "participations": queries.with_stages(rows, request.user).order_by(
                "regency__code", "-cohort__year"
            ),
        }
    return render(request, "programs/workspace.html", context)
