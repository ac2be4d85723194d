"""Adding many participants to one cohort by name: fill in, look at every row, confirm."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from programs.admin import named_regions
from programs.domain import participations
from programs.models import Cohort
from regencies.access import Right, holds


def participants_page(request, model_admin, pk):
    """The form; with a filled one, the preview; with a confirmed one, what came of each row."""
    if not holds(request.user, Right.MANAGE):
        raise PermissionDenied
    cohort = Cohort.objects.select_related("program").filter(pk=pk).first()
    if cohort is None:
        raise Http404
    form = named_regions.RegionsForm(request.POST if request.method == "POST" else None)
    name, found = named_regions.walk(
        request,
        form,
        preview=lambda form: _preview(cohort, form),
        confirm=lambda form, regencies: _entered(cohort, regencies, request.user),
    )
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Add participants: %s") % cohort,
        "opts": model_admin.opts,
        "cohort": cohort,
        "form": form,
    }
    template = f"admin/programs/cohort/participants/{name}.html"
    return TemplateResponse(request, template, context | found)


def _preview(cohort, form):
    there = participations.entered(cohort, form.regencies)
    rows = [
        (place, participations.refusal_to_enter(there[place.pk]) if place.pk in there else "")
        for place in form.regencies
    ]
    return {"rows": rows, "new": len(rows) - len(there)}


def _entered(cohort, regencies, user):
    results = participations.enter(cohort, regencies, by=user)
    return {"results": results, "new": sum(row.is_new for row in results)}
