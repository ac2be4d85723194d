"""The one page through which the ministry moves stages: choose, say why, confirm, see.

The list and the change page both lead here. The page calls the domain once per stage, so
each stage moves in a transaction of its own and a refusal stops only its own row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.domain import stages, steps
from programs.domain.steps import Step
from programs.models import BimtekStage, StageVersion
from regencies.access import holds
from regencies.errors import RuleError

MOST_ROWS = 200
LONGEST_NUMBER = 9  # digits
LIST = "admin:programs_bimtekstage_changelist"


class ChosenForm(forms.Form):
    rows = forms.ModelMultipleChoiceField(
        BimtekStage.objects.none(), widget=forms.MultipleHiddenInput
    )

    def __init__(self, data, *, stages):
        super().__init__(data)
        self.fields["rows"].queryset = stages


class ConfirmForm(forms.Form):
    """Nothing to say but yes."""


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("What the region has to repair. Its officers read these words."),
        error_messages={"required": gettext_lazy("Say why the stage is returned.")},
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
    )


@dataclass(frozen=True)
class Deed:
    """A step as the page words it, and the domain function behind it."""

    step: Step
    do: Callable[..., BimtekStage]
    title: Any
    question: Any
    button: Any
    done: Any
    form: type[forms.Form] = ConfirmForm
    is_about_a_version: bool = False


DEEDS = {
    deed.step.verb: deed
    for deed in (
        Deed(
            steps.VERIFY,
            stages.verify,
            gettext_lazy("Verify stages"),
            gettext_lazy("Verifying accepts what was submitted. There is no way back."),
            gettext_lazy("Verify"),
            gettext_lazy("Verified"),
            is_about_a_version=True,
        ),
        Deed(
            steps.RETURN,
            stages.return_for_repair,
            gettext_lazy("Return stages"),
            gettext_lazy("The region can then change the stage and submit it again."),
            gettext_lazy("Return"),
            gettext_lazy("Returned"),
            ReasonForm,
            is_about_a_version=True,
        ),
        Deed(
            steps.PUBLISH,
            stages.publish,
            gettext_lazy("Publish stages"),
            gettext_lazy("Published stages are on the public pages and in the public API."),
            gettext_lazy("Publish"),
            gettext_lazy("Published"),
        ),
        Deed(
            steps.UNPUBLISH,
            stages.unpublish,
            gettext_lazy("Take stages off the public pages"),
            gettext_lazy("The verification stays; only the public no longer reads the stage."),
            gettext_lazy("Take off the public pages"),
            gettext_lazy("No longer public"),
        ),
    )
}


def step_page(request, model_admin, verb, chosen=None):
    """Ask (GET, or ``chosen`` ids from the list), or take the step and show what came of it."""
    deed = DEEDS.get(verb)
    if deed is None:
        raise Http404
    if not holds(request.user, deed.step.right):
        raise PermissionDenied
    is_answer = chosen is None and request.method == "POST"
    data = {"rows": chosen} if chosen is not None else request.POST if is_answer else request.GET
    picked = ChosenForm(data, stages=_with_newest(model_admin.get_queryset(request)))
    if problem := _problem(picked):
        model_admin.message_user(request, problem, messages.WARNING)
        # To the list as it was filtered: "all of them" is what its filters leave.
        return HttpResponseRedirect(reverse(LIST) if chosen is None else request.get_full_path())
    answer = deed.form(request.POST if is_answer else None)
    context = {
        "deed": deed,
        "picked": picked,
        "answer": answer,
        "stages": _marked(picked.cleaned_data["rows"], deed.step, request.user, data),
    }
    if is_answer and answer.is_valid():
        context["results"] = _take(deed, context["stages"], request.user, answer.cleaned_data)
    return _page(request, model_admin, context)


def _problem(picked):
    """Why the page cannot even ask; nothing was done then."""
    if not picked.is_valid():
        return _("Choose at least one stage.")
    if (count := len(picked.cleaned_data["rows"])) > MOST_ROWS:
        return _(
            "You chose %(count)s stages; at most %(most)s go through in one step. Nothing was"
            " done. Narrow the list, for example by cohort and stage, and choose again."
        ) % {"count": count, "most": MOST_ROWS}
    return ""


def _with_newest(rows):
    """The stages with the number and time of what was last submitted."""
    newest = StageVersion.objects.filter(stage=OuterRef("pk")).order_by("-number")
    return rows.annotate(
        newest=Subquery(newest.values("number")[:1]),
        newest_at=Subquery(newest.values("submitted_at")[:1]),
    )


def _marked(chosen, step, user, data):
    """The stages, each with the version that is decided upon (``read``, 0 before the first) and
    the sentence by which it refuses the step, if it does.

    The version is the one the person was shown: what their page sent, not what came since.
    """
    found = list(chosen)
    for stage in found:
        stage.refusal = steps.refusal(step, stage, by=user)
        stage.read = _number(data.get(f"version-{stage.pk}"), otherwise=stage.newest or 0)
    return found


def _number(text, *, otherwise):
    """What a page sent as a version; a word is no version and so never the newest."""
    if text is None:
        return otherwise
    return int(text) if text.isdecimal() and len(text) < LONGEST_NUMBER else 0


def _take(deed, chosen, user, answer):
    """What came of each stage: (stage, done?, words)."""
    results = []
    for stage in chosen:
        try:
            about = {"version": stage.read} if deed.is_about_a_version else {}
            deed.do(stage, by=user, **about, **answer)
        except RuleError as refusal:
            results.append((stage, False, str(refusal)))
        except PermissionDenied:
            results.append((stage, False, _("You may not take this step here.")))
        else:
            results.append((stage, True, deed.done))
    return results


def _page(request, model_admin, context):
    deed = context["deed"]
    context |= model_admin.admin_site.each_context(request) | {
        "title": deed.title,
        "opts": model_admin.opts,
        "errors": context["answer"].errors,
        "verb": deed.step.verb,
        "any_fits": any(not stage.refusal for stage in context["stages"]),
    }
    name = "step_done" if "results" in context else "step"
    return TemplateResponse(request, f"admin/programs/bimtekstage/{name}.html", context)
