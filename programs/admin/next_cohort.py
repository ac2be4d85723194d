"""Opening next year's cohort on one guided path: copy, adjust, publish, invite, open.

Each step says whether it is done; what follows a step is offered only then.
"""

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from programs.domain import definitions
from programs.forms.cohort import NextCohortForm, PublishForm, TimetableForm
from programs.models import BimtekStage, Cohort, Participation, Publication
from programs.models.participation import ParticipationStatus
from regencies.access import Right, holds
from regencies.errors import RuleError

FOLDER = "admin/programs/cohort"


def next_view(request, model_admin):
    """Step one: the facts of the new cohort, and the one it is copied from."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    form = NextCohortForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            cohort = definitions.begin(
                form.instance, by=request.user, copied_from=form.cleaned_data["copied_from"]
            )
        except ValidationError as error:  # somebody else took the year meanwhile
            form.add_error(None, error)
        else:
            said = _("%s is on record, for the ministry's eyes only. Check it step by step.")
            model_admin.message_user(request, said % cohort, messages.SUCCESS)
            return HttpResponseRedirect(guide(cohort))
    fields = ["program", "year", "phase", "official_size", "copied_from"]
    context = {
        "title": _("Open a new cohort"),
        "form": form,
        "errors": form.errors,
        "adminform": AdminForm(form, [(None, {"fields": fields})], {}, model_admin=model_admin),
        "sources": [(c, definitions.count(c)) for c in form.fields["copied_from"].queryset[:8]],
    }
    return _page(request, model_admin, "next", context)


def prepare_view(request, model_admin, pk):
    """Step two and those after it: everything defined, what is still wrong, what comes next."""
    cohort = _cohort(request, model_admin, pk)
    defined = definitions.defined_things(cohort)
    quick = {"stages": defined["stages"], "criteria": defined["criteria"]}
    form = TimetableForm(request.POST if request.method == "POST" else None, **quick)
    if request.method == "POST" and form.is_valid():
        return _adjusted(request, model_admin, cohort, form)
    context = {
        "title": _("Prepare %s") % cohort,
        "cohort": cohort,
        "form": form,
        "errors": form.errors,
        "stages": [(stage, form[f"due-{stage.pk}"]) for stage in defined["stages"]],
        "criteria": [(row, form[f"weight-{row.pk}"]) for row in defined["criteria"]],
        "books": defined["books"],
        "problems": definitions.problems(cohort),
        "is_frozen": cohort.definitions_published_at is not None,
        "may_publish": holds(request.user, Right.REVIEW),
    }
    return _page(request, model_admin, "prepare", context | _whereabouts(cohort))


def publish_view(request, model_admin, pk):
    """Asks once more, for there is no way back, and freezes the definitions."""
    cohort = _cohort(request, model_admin, pk)
    if not holds(request.user, Right.REVIEW):
        raise PermissionDenied
    undated = definitions.undated(cohort)
    form = PublishForm(request.POST if request.method == "POST" else None, undated=undated)
    if request.method == "POST" and form.is_valid():
        try:
            definitions.publish(cohort, by=request.user, **form.cleaned_data)
        except RuleError as refusal:
            model_admin.message_user(request, str(refusal), messages.ERROR)
        else:
            said = _("The definitions of %s are published and stay as they are.") % cohort
            model_admin.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(guide(cohort))
    context = {
        "title": _("Publish the definitions of %s") % cohort,
        "cohort": cohort,
        "counts": definitions.count(cohort),
        "stages": cohort.stage_definitions.all(),
        "form": form,
        "errors": form.errors,
        "problems": definitions.problems(cohort),
    }
    return _page(request, model_admin, "publish", context)


def guide(cohort):
    return reverse("admin:programs_cohort_prepare", args=[cohort.pk])


def _cohort(request, model_admin, pk):
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    found = Cohort.objects.select_related("program", "definitions_published_by").filter(pk=pk)
    if not found:
        raise Http404
    return found[0]


def _adjusted(request, model_admin, cohort, form):
    try:
        definitions.adjust(
            cohort,
            by=request.user,
            due_on=form.values_of("due"),
            weights=form.values_of("weight"),
        )
    except RuleError as refusal:
        model_admin.message_user(request, str(refusal), messages.ERROR)
    else:
        model_admin.message_user(request, _("Dates and weights are saved."), messages.SUCCESS)
    return HttpResponseRedirect(guide(cohort))


def _whereabouts(cohort):
    """How far the cohort is beyond its definitions."""
    return {
        "participants": Participation.objects.filter(
            cohort=cohort, status=ParticipationStatus.ACTIVE
        ).count(),
        "opened": BimtekStage.objects.filter(participation__cohort=cohort).count(),
        "is_public": cohort.publication == Publication.PUBLIC,
    }


def _page(request, model_admin, name, context):
    context |= model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts,
        "media": model_admin.media,
    }
    return TemplateResponse(request, f"{FOLDER}/{name}.html", context)
