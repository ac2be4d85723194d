"""The one way the admin moves rows under a verb: choose, say why, confirm, see what came of each.

A list and a change page both lead to the page. It calls the domain once per row, so each row
moves in a transaction of its own and a refusal stops only its own row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regencies.access import Right, holds
from regencies.errors import RuleError

MOST_ROWS = 200


class AnswerForm(forms.Form):
    """What a person has to say beside yes; nothing, unless a form built on this one asks.

    ``rows`` are those chosen, for fields whose choices depend on them.
    """

    def __init__(self, data=None, *, rows=()):
        super().__init__(data)
        self.rows = rows


class ReasonForm(AnswerForm):
    """Asks why. The domain function takes ``reason``."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        error_messages={"required": gettext_lazy("Say why.")},
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
    )


def _never(row, *, by):
    return None


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A verb as the page words it, and the domain function behind it.

    ``do(row, by=user, **answer)`` raises ``RuleError`` or ``PermissionDenied`` to refuse;
    ``refusal(row, by=user)`` says beforehand why a row refuses, or None. ``offer`` is the
    name in the list's menu where it should say more than the button.
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
    refusal: Callable[..., str | None] = _never

    @property
    def name(self):
        return self.offer or format_lazy("{}…", self.button)


class DeedPage:
    """The pages of one model: its deeds, and what a row is recognised by.

    ``columns``: (heading, function of the row), the first leads to the row; ``state``: the
    function for the last column, before the deed; ``afterwards``: (words, query of the list).
    """

    def __init__(self, *deeds, columns, state=None, afterwards=()):
        self.deeds = {deed.verb: deed for deed in deeds}
        self.columns = columns
        self.state = state
        self.afterwards = afterwards

    # What a page may do otherwise

    def columns_of(self, deed):
        return self.columns

    def details(self, row, deed):
        """What the domain function is told beside ``by`` and the answer."""
        return {}

    def kept(self, row, deed):
        """What the page sends along for a row, beside its number: {name: value}."""
        return {}

    def mark(self, row, data):
        """Read from what was sent what belongs to the row."""

    # The page

    def open_to(self, user, row):
        """The deeds that are open to ``user`` on a row, each with the address of its page."""
        return [
            (deed, f"{self.address(row._meta, deed.verb)}?{self._query(row, deed)}")
            for deed in self.deeds.values()
            if holds(user, deed.right) and deed.refusal(row, by=user) is None
        ]

    def address(self, opts, verb):
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_step", args=[verb])

    def _query(self, row, deed):
        return urlencode({"rows": row.pk} | self.kept(row, deed))

    def answer(self, request, model_admin, verb, chosen=None):
        """Ask (GET, or ``chosen`` ids from the list), or do it and show what came of it."""
        deed = self.deeds.get(verb)
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
            # To the list as it was filtered: "all of them" is what its filters leave.
            back = _list(model_admin) if chosen is None else request.get_full_path()
            return HttpResponseRedirect(back)
        rows = [self._marked(row, deed, request.user, data) for row in picked.cleaned_data["rows"]]
        answer = deed.form(request.POST if is_answer else None, rows=rows)
        context = {"deed": deed, "picked": picked, "answer": answer, "rows": rows}
        if is_answer and answer.is_valid():
            context["results"] = self._results(deed, rows, request.user, answer.cleaned_data)
        return self._page(request, model_admin, context)

    def _marked(self, row, deed, user, data):
        """The row with ``refusal``, the sentence by which it refuses, and its cells."""
        self.mark(row, data)
        row.refusal = deed.refusal(row, by=user)
        row.cells = [value(row) for _heading, value in self.columns_of(deed)]
        row.state_shown = self.state(row) if self.state else ""
        row.kept = self.kept(row, deed)
        return row

    def _results(self, deed, rows, user, answer):
        """What came of each row: (row, done?, words)."""
        results = []
        for row in rows:
            try:
                deed.do(row, by=user, **self.details(row, deed), **answer)
            except RuleError as refusal:
                results.append((row, False, str(refusal)))
            except PermissionDenied:
                results.append((row, False, _("You may not take this step here.")))
            else:
                results.append((row, True, deed.done))
        return results

    def _page(self, request, model_admin, context):
        deed = context["deed"]
        context |= model_admin.admin_site.each_context(request) | {
            "title": deed.title,
            "opts": model_admin.opts,
            "errors": context["answer"].errors,
            "headings": [heading for heading, _value in self.columns_of(deed)],
            "has_state": self.state is not None,
            "any_fits": any(not row.refusal for row in context["rows"]),
            "address": self.address(model_admin.opts, deed.verb),
            "afterwards": self.afterwards,
            "media": model_admin.media + context["answer"].media,
        }
        name = "done" if "results" in context else "ask"
        return TemplateResponse(request, f"admin/deeds/{name}.html", context)


class DeedsAdmin:
    """Adds the deeds of ``deed_page`` to a ``ScopedAdmin``: menu, buttons and their page."""

    deed_page: DeedPage
    change_form_template = "admin/deeds/change_form.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.step_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        return [path("step/<slug:verb>/", view, name=name), *super().get_urls()]

    def step_view(self, request, verb):
        return self.deed_page.answer(request, self, verb)

    def get_actions(self, request):
        actions = super().get_actions(request)
        if self.actions is None or IS_POPUP_VAR in request.GET:
            return actions
        own = {
            verb: (_ask, verb, deed.name)
            for verb, deed in self.deed_page.deeds.items()
            if holds(request.user, deed.right)
        }
        return actions | own

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context["open_deeds"] = self.deed_page.open_to(request.user, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def _ask(model_admin, request, queryset):
    verb = request.POST["action"]
    chosen = list(queryset.values_list("pk", flat=True))
    return model_admin.deed_page.answer(request, model_admin, verb, chosen=chosen)


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


def _list(model_admin):
    meta = model_admin.opts
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
