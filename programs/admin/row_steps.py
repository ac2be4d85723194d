"""One page for every decision about rows of a list: preview, yes, and what came of each row.

An admin's action calls ``ask(request, self, DEED, queryset)``. The page posts back to the list
under the action's own name, so a deed needs no address of its own. The pattern of
``stage_steps``, for rows that have no ledger.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from regencies.errors import RuleError

MOST_ROWS = 200
CONFIRMED = "confirmed"


class ConfirmForm(forms.Form):
    """Nothing to say but yes."""


def no_refusals(rows):
    return {}


def no_stamp(row):
    return ""


@dataclass(frozen=True)
class RowDeed:
    """A decision about rows, as the page words it, and what does it.

    ``take``: ``(rows, by, answer, seen) -> [(row, done?, words)]``; ``each`` makes one of a
    domain function. ``refusals``: rows -> {pk: sentence}, for the preview. ``columns``: (heading,
    function of the row) beside its name. ``stamp``: what the person was shown of a row, sent
    back as ``seen[pk]``, so that nobody decides about what changed meanwhile.
    """

    action: str
    take: Callable[..., list[tuple[Any, bool, Any]]]
    title: Any
    question: Any
    button: Any
    refusals: Callable[[Any], dict[Any, str]] = no_refusals
    form: type[forms.Form] = ConfirmForm
    columns: list[tuple[Any, Callable[[Any], Any]]] = field(default_factory=list)
    stamp: Callable[[Any], str] = no_stamp


def each(do, done):
    """A ``take`` that calls ``do(row, by=…, **answer)`` row by row, each by itself."""

    def take(rows, by, answer, seen):
        return [_result(row, lambda row=row: do(row, by=by, **answer), done) for row in rows]

    return take


def together(do, done):
    """A ``take`` that calls ``do(rows, by=…, **answer)`` once: all of them, or none."""

    def take(rows, by, answer, seen):
        whole = _result(None, lambda: do(rows, by=by, **answer), done)
        return [(row, *whole[1:]) for row in rows]

    return take


def _result(row, act, done):
    try:
        act()
    except RuleError as refusal:
        return row, False, str(refusal)
    except PermissionDenied:
        return row, False, _("You may not take this step here.")
    return row, True, done


def ask(request, model_admin, deed, queryset):
    """Ask about the chosen rows, or, when the page that asked comes back, do it and tell."""
    is_answer = CONFIRMED in request.POST
    if is_answer:  # every row that was asked about, even one that the list's filters now leave out
        picked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        queryset = model_admin.get_queryset(request).filter(pk__in=picked)
    if (count := queryset.count()) > MOST_ROWS:
        text = _(
            "You chose %(count)s rows; at most %(most)s go through in one step. Nothing was "
            "done. Narrow the list and choose again."
        )
        words = text % {"count": count, "most": MOST_ROWS}
        model_admin.message_user(request, words, messages.WARNING)
        return HttpResponseRedirect(request.get_full_path())
    answer = deed.form(request.POST if is_answer else None)
    chosen, refused = list(queryset), deed.refusals(queryset)
    context = {"deed": deed, "answer": answer, "errors": answer.errors, "confirmed": CONFIRMED}
    if is_answer and answer.is_valid():
        context["results"] = _do(request, deed, chosen, refused, answer.cleaned_data)
    else:
        context["rows"] = [_shown(request, deed, row, refused) for row in chosen]
        context["any_fits"] = len(refused) < len(chosen)
    return _page(request, model_admin, context)


def _do(request, deed, chosen, refused, answer):
    """The deed on the rows that fit, and a line for every row chosen."""
    seen = {row.pk: request.POST.get(f"seen-{row.pk}", "") for row in chosen}
    fit = [row for row in chosen if row.pk not in refused]
    told = [(row, False, refused[row.pk]) for row in chosen if row.pk in refused]
    return (deed.take(fit, request.user, answer, seen) if fit else []) + told


def _shown(request, deed, row, refused):
    """A line of the preview; a page drawn again keeps to what was first shown."""
    return {
        "row": row,
        "cells": [cell(row) for _heading, cell in deed.columns],
        "refusal": refused.get(row.pk, ""),
        "stamp": request.POST.get(f"seen-{row.pk}", deed.stamp(row)),
    }


def _page(request, model_admin, context):
    context |= model_admin.admin_site.each_context(request) | {
        "title": context["deed"].title,
        "opts": model_admin.opts,
    }
    name = "done" if "results" in context else "ask"
    return TemplateResponse(request, f"admin/row_steps/{name}.html", context)
