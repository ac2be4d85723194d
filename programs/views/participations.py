from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from programs.domain import queries
from programs.models import Participation


@require_safe
def detail(request, pk):
    """The task list of a participation: its four stages with status and due date."""
    rows = Participation.objects.visible_to(request.user).with_place()
    participation = get_object_or_404(queries.with_stages(rows, request.user), pk=pk)
    context = {"section": "work", "participation": participation}
    return render(request, "programs/participation_detail.html", context)
