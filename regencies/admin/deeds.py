"""The one way the admin moves rows under a verb: choose, say why, confirm, see what came of each.

A list and a change page both lead to the verb's own page. It calls the domain once per row, so
each row moves in a transaction of its own and a refusal stops only its own row; only a deed
taken ``together`` is one call, all of its rows or none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regencies.access import Right, holds
from regencies.admin.way_back import way_back, with_way_back
from regencies.errors import RuleError

MOST_ROWS = 200

#: A row by its own name, under the name of its kind.
NAMED = ("", str)


class AnswerForm(forms.Form):
    """What a person has to say beside yes; nothing, unless a form built on this one asks.

    ``rows`` are those chosen, for fields whose choices depend on them.
    """

    def __init__(self, data=None, *, rows=()):
        super().__init__(data)
        self.rows = rows


def words_field(label, missing="", rows=6, **given):
    """A field for sentences; ``missing`` is what it says when left empty."""
    widget = forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})
    said = {"required": missing} if missing else {}
    return forms.CharField(label=label, error_messages=said, widget=widget, **given)


class ReasonForm(AnswerForm):
    """Asks why. The domain function takes ``reason``."""

    reason = words_field(gettext_lazy("Reason"), missing=gettext_lazy("Say why."))


def no_refusals(rows, by):
    return {}


def row_by_row(refusal):
    """``refusals`` by a function of one row: the sentence by which it refuses, or nothing."""
    return lambda rows, by: {row.pk: said for row in rows if (said := refusal(row))}


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A verb as the page words it, and the domain function behind it.

    ``do(row, by=user, **answer)`` raises ``RuleError`` or ``PermissionDenied`` to refuse; with
    ``together`` it gets all rows at once. ``refusals(rows, by)`` says beforehand which rows
    refuse and why: {pk: sentence}. ``columns``: (heading, function of the row), what a row is
    recognised by, the first leading to it; ``facts``, likewise, stand beside them until it is
    done. ``stamp``: what the person is shown of a row, as text. It travels with the page as
    ``row.seen`` and reaches ``do`` as ``seen`` (``together``: {pk: text}), so that nobody decides
    about what changed meanwhile. ``offer`` is the name in the list's menu where it should say
    more than the button; ``afterwards``: (words, query of the list).
    """

    verb: str
    right: Right
    do: Callable[..., Any]
    title: Any
    question: Any
    button: Any
    done: Any
    offer: Any = ""
    form: type[AnswerForm] = AnswerForm
    refusals: Callable[..., dict[Any, str]] = no_refusals
    columns: Sequence[tuple[Any, Callable[..., Any]]] = (NAMED,)
    facts: Sequence[tuple[Any, Callable[..., Any]]] = ()
    stamp: Callable[..., str] | None = None
    together: bool = False
    is_on_page: bool = True
    afterwards: Sequence[tuple[Any, str]] = ()

    @property
    def name(self):
        return self.offer or format_lazy("{}…", self.button)


class DeedsAdmin:
    """Adds ``deeds`` to a ``ScopedAdmin``: in the list's menu, on change pages, and their page."""

    deeds: Sequence[Deed] = ()

    def get_deeds(self):
        return self.deeds

    def get_urls(self):
        view = self.admin_site.admin_view(self.step_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        return [path("step/<slug:verb>/", view, name=name), *super().get_urls()]

    def step_view(self, request, verb):
        return _answer(request, self, verb)

    def get_actions(self, request):
        actions = super().get_actions(request)
        if self.actions is None or IS_POPUP_VAR in request.GET:
            return actions
        own = {
            deed.verb: (_ask, deed.verb, deed.name)
            for deed in self.get_deeds()
            if holds(request.user, deed.right)
        }
        return actions | own

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context["open_deeds"] = open_deeds(
                self.get_deeds(), obj, request.user, back=request.get_full_path()
            )
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def open_deeds(deeds, row, user, *, back=None):
    """Those that are open to ``user`` on a row's page, each with the address of its own.

    ``back``: the page that shows them, to return to.
    """
    return [
        (deed, with_way_back(f"{_address(row._meta, deed)}?{_query(row, deed)}", back))
        for deed in deeds
        if deed.is_on_page and holds(user, deed.right) and not deed.refusals([row], by=user)
    ]


def _address(opts, deed):
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_step", args=[deed.verb])


def _query(row, deed):
    seen = {_seen(row): deed.stamp(row)} if deed.stamp else {}
    return urlencode({"rows": row.pk} | seen)


def _seen(row):
    """The name under which a page sends along what was seen of a row."""
    return f"seen-{row.pk}"


def _ask(model_admin, request, queryset):
    chosen = list(queryset.values_list("pk", flat=True))
    return _answer(request, model_admin, request.POST["action"], chosen=chosen)


def _answer(request, model_admin, verb, chosen=None):
    """Ask (GET, or ``chosen`` ids from the list), or do it and show what came of it."""
    deed = next((deed for deed in model_admin.get_deeds() if deed.verb == verb), None)
    if deed is None:
        raise Http404
    if not holds(request.user, deed.right):
        raise PermissionDenied
    is_answer = chosen is None and request.method == "POST"
    data = request.POST if is_answer else request.GET
    data = data if chosen is None else {"rows": chosen}
    picked = _chosen_form(data, model_admin.get_queryset(request))
    if problem := _problem(picked):
        model_admin.message_user(request, problem, messages.WARNING)
        return HttpResponseRedirect(_back(request, model_admin))
    rows = _marked(picked.cleaned_data["rows"], deed, request.user, data)
    answer = deed.form(request.POST if is_answer else None, rows=rows)
    context = {"deed": deed, "picked": picked, "answer": answer, "rows": rows}
    if is_answer and answer.is_valid():
        context["results"] = _results(deed, rows, request.user, answer.cleaned_data)
    return _page(request, model_admin, context)


def _marked(found, deed, user, data):
    """The rows with what was ``seen`` of each, why it refuses, if it does, and its cells."""
    refusals, rows = deed.refusals(found, by=user), list(found)
    for row in rows:
        row.refusal = refusals.get(row.pk)
        # A page drawn again keeps to what was shown first.
        row.seen = data.get(_seen(row), deed.stamp(row)) if deed.stamp else None
        row.cells = [value(row) for _heading, value in deed.columns]
        row.facts = [value(row) for _heading, value in deed.facts]
    return rows


def _results(deed, rows, user, answer):
    """What came of each row: (row, done?, words)."""
    fit = [row for row in rows if not row.refusal]
    told = {row: (False, row.refusal) for row in rows if row.refusal}
    if deed.together and fit:
        seen = {"seen": {row.pk: row.seen for row in fit}} if deed.stamp else {}
        told |= dict.fromkeys(fit, _tried(deed, fit, by=user, **seen, **answer))
    else:
        for row in fit:
            seen = {"seen": row.seen} if deed.stamp else {}
            told[row] = _tried(deed, row, by=user, **seen, **answer)
    return [(row, *told[row]) for row in rows]


def _tried(deed, what, **answer):
    try:
        deed.do(what, **answer)
    except RuleError as refusal:
        return False, str(refusal)
    except PermissionDenied:
        return False, _("You may not take this step here.")
    return True, deed.done


def _page(request, model_admin, context):
    deed, opts = context["deed"], model_admin.opts
    context |= model_admin.admin_site.each_context(request) | {
        "title": deed.title,
        "opts": opts,
        "errors": context["answer"].errors,
        "headings": _headings(deed.columns, opts),
        "facts": _headings(deed.facts, opts),
        "any_fits": any(not row.refusal for row in context["rows"]),
        "address": with_way_back(
            _filtered(request, model_admin, _address(opts, deed)), way_back(request)
        ),
        "came_from": way_back(request),
        "back": _back(request, model_admin),
        "media": model_admin.media + context["answer"].media,
    }
    name = "done" if "results" in context else "ask"
    return TemplateResponse(request, f"admin/deeds/{name}.html", context)


def _headings(columns, opts):
    return [capfirst(heading or opts.verbose_name) for heading, _value in columns]


def _chosen_form(data, rows):
    form = forms.Form(data)
    field = forms.ModelMultipleChoiceField(rows, widget=forms.MultipleHiddenInput)
    form.fields["rows"] = field
    return form


def _problem(picked):
    """Why the page cannot even ask; nothing was done then."""
    if not picked.is_valid():
        return _("Choose at least one row first.")
    if (count := len(picked.cleaned_data["rows"])) > MOST_ROWS:
        return _(
            "You chose %(count)s rows; at most %(most)s go through in one step. Nothing was"
            " done. Narrow the list with its filters, and choose again."
        ) % {"count": count, "most": MOST_ROWS}
    return ""


def _back(request, model_admin):
    """The page that led here, or the list as it was filtered: "all" is what its filters leave."""
    if came_from := way_back(request):
        return came_from
    meta = model_admin.opts
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    return _filtered(request, model_admin, address)


def _filtered(request, model_admin, address):
    """An address of the admin that keeps the filters of the list that led here."""
    filters = model_admin.get_preserved_filters(request)
    return add_preserved_filters({"opts": model_admin.opts, "preserved_filters": filters}, address)
