"""A stage, from draft to submission: views find the row in sight, ask the domain, answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programs.domain import editing, queries, stages, steps
from programs.domain.gaps import first_session, gaps, outputs_with_versions
from programs.domain.history import history
from programs.forms.stage import StageForm
from programs.models import BimtekStage
from regencies.errors import RuleError, StaleError

UNPROCESSABLE, CONFLICT = 422, 409


@require_safe
def detail(request, pk):
    stage = _find(request, pk)
    context = _content(stage) | {
        "steps": steps.steps_open_to(request.user, stage),
        "history": history(stage),
        "others": stage.participation.stages.select_related("definition"),
    }
    return render(request, "programs/stage_detail.html", context)


def edit(request, pk):
    """The one form of a stage. A save that crossed somebody else's shows both values."""
    stage = _find(request, pk)
    closed = _closed(request, stage, steps.EDIT)
    if request.method != "POST":
        form = StageForm(initial=editing.values(stage) | {"revision": stage.revision})
        return closed or _edit_page(request, stage, form)
    form = StageForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, stage, form, status=UNPROCESSABLE)
    try:
        editing.edit(
            stage, by=request.user, revision=form.cleaned_data["revision"], **form.content()
        )
    except StaleError as error:
        return _conflict_page(request, stage, error)
    except ValidationError as error:
        form.add_error(None, error)
        return _edit_page(request, stage, form, status=UNPROCESSABLE)
    except RuleError as error:
        # The stage was closed meanwhile: the page comes back with all that was typed.
        form.add_error(None, str(error))
        return _edit_page(request, stage, form, status=CONFLICT)
    messages.success(request, _("Draft saved."))
    return redirect(f"programs:stage-{'check' if 'check' in request.POST else 'detail'}", pk)


@require_safe
def check(request, pk):
    """All answers on one page before they are sent, with what is still missing."""
    stage = _find(request, pk)
    if not stage.is_open:
        return redirect(stage)
    context = _content(stage) | {
        "steps": steps.steps_open_to(request.user, stage),
        "signers": queries.signers_of(stage.participation.regency),
    }
    return render(request, "programs/stage_check.html", context)


def submit(request, pk):
    stage = _find(request, pk)
    if request.method != "POST":  # back from signing in again: the first try was not sent
        messages.warning(request, _("The stage is not submitted yet. Check it, then submit."))
        return redirect("programs:stage-check", pk)
    try:
        stages.submit(stage, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
        return redirect("programs:stage-check", pk)
    return redirect("programs:stage-submitted", pk)


@require_safe
def submitted(request, pk):
    """The receipt: what was sent, when, and what happens next."""
    stage = _find(request, pk)
    version = stages.latest_version(stage)
    if version is None or stage.is_open:
        return redirect(stage)
    context = {"section": "work", "stage": stage, "version": version}
    return render(request, "programs/stage_submitted.html", context)


def withdraw(request, pk):
    stage = _find(request, pk)
    if request.method == "POST":
        try:
            stages.withdraw(stage, by=request.user)
        except RuleError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The stage is yours again. Submit it when it is ready."))
        return redirect(stage)
    if closed := _closed(request, stage, steps.WITHDRAW):
        return closed
    context = {"section": "work", "stage": stage}
    return render(request, "programs/stage_withdraw.html", context)


def _find(request, pk):
    return get_object_or_404(BimtekStage.objects.visible_to(request.user).with_place(), pk=pk)


def _closed(request, stage, step):
    """Where to send somebody for whom ``step`` is not open now; 403 when it is not theirs."""
    if not steps.holds_right(request.user, step, stage):
        raise PermissionDenied
    reason = steps.refusal(step, stage, by=request.user)
    if reason is None:
        return None
    messages.info(request, reason)
    return redirect(stage)


def _content(stage):
    session, outputs = first_session(stage), outputs_with_versions(stage)
    return {
        "section": "work",
        "stage": stage,
        "session": session,
        "outputs": outputs,
        "gaps": gaps(stage, session, outputs) if stage.is_open else [],
    }


def _edit_page(request, stage, form, status=200):
    context = {"section": "work", "stage": stage, "form": form}
    return render(request, "programs/stage_edit.html", context, status=status)


def _conflict_page(request, stage, error):
    """The form again with the person's own values; beside it those that were stored meanwhile."""
    stored = StageForm(initial=error.current)
    mine = StageForm(initial=error.merged | {"revision": error.revision})
    conflicts = [(mine[name], stored[name]) for name in error.current]
    context = {"section": "work", "stage": stage, "form": mine, "conflicts": conflicts}
    return render(
        request,
        "programs/stage_edit.html",
        context | {"conflict_text": str(error)},
        status=CONFLICT,
    )
