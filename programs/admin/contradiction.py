from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Count, F, Func, Value
from django.db.models.functions import Length
from django.http import HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.admin.statement_form import page_of
from programs.domain import choices, statements
from programs.domain.statements import FlagKind
from programs.imports.sheets.contradiction import ContradictionSheet
from programs.models import Contradiction, Source
from regencies.access import Right, holds
from regencies.admin.base import ScopedAdmin
from regencies.admin.exchange import ExchangeAdmin

LETTERS = Func(
    F("code"), Value("[0-9]+$"), Value(""), function="regexp_replace", output_field=CharField()
)
FOUND = "found"  # not catalogued: found by comparing


class CompareForm(forms.Form):
    code = forms.ChoiceField(label=gettext_lazy("Contradiction"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("open", gettext_lazy("Open")),
            ("settled", gettext_lazy("Settled")),
        ],
    )
    flag = forms.ChoiceField(
        label=gettext_lazy("Flag"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            *((kind.value, kind.label) for kind in FlagKind if kind != FlagKind.ABSENT),
        ],
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of record"), required=False)

    def __init__(self, data, *, conflicts):
        super().__init__(data)
        codes = [c.contradiction.code for c in conflicts if c.contradiction]
        self.fields["code"].choices = [
            ("", _("All")),
            *((code, code) for code in codes),
            (FOUND, _("Found by comparing")),
        ]
        found = sorted({d.kind for c in conflicts for d in c.disputes})
        self.fields["kind"].choices = [("", _("All")), *((name, capfirst(name)) for name in found)]

    def chosen(self, conflicts):
        """The conflicts that fit; an odd value in the address is as none at all."""
        self.full_clean()
        asked = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return [conflict for conflict in conflicts if _fits(conflict, **asked)]


def _fits(conflict, *, code, state, flag, kind):
    row = conflict.contradiction
    return (
        (not code or (row.code if row else FOUND) == code)
        and (not state or bool(row and row.is_settled) == (state == "settled"))
        and (not flag or flag in conflict.flag_kinds)
        and (not kind or any(dispute.kind == kind for dispute in conflict.disputes))
    )


class ComparedList(ChangeList):
    """A row leads to where its statements stand side by side, and that to its form."""

    def url_for_result(self, result):
        query = urlencode({"code": result.code})
        return f"{reverse('admin:programs_contradiction_compare')}?{query}"


@admin.register(Contradiction)
class ContradictionAdmin(ExchangeAdmin, ScopedAdmin):
    """What sources do not agree upon; the comparing page shows what each of them says."""

    sheet = ContradictionSheet
    can_be_deleted = True
    list_display = ["code", "summary", "is_settled", "said"]
    list_display_links = ["code", "summary"]
    list_filter = ["is_settled"]
    common_filters = [(gettext_lazy("Open"), "is_settled__exact=0")]
    search_fields = ["code", "summary", "reading"]
    search_help_text = gettext_lazy("Code, or words of the summary and the reading.")
    fieldsets = [
        (None, {"fields": ["code", "summary", "reading", "is_settled"]}),
        (gettext_lazy("Statements"), {"fields": ["statements"]}),
    ]
    readonly_fields = ["statements"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.compare_view)
        own = path("compare/", view, name="programs_contradiction_compare")
        return [own, *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number=Count("statements"))

    def get_ordering(self, request):
        """I2 before I10, as on the comparing page."""
        return [LETTERS, Length("code"), "code"]

    def get_changelist(self, request, **kwargs):
        return ComparedList

    def get_fieldsets(self, request, obj=None):
        return super().get_fieldsets(request, obj)[: 2 if obj else 1]

    def has_delete_permission(self, request, obj=None):
        in_use = obj is not None and obj.statements.exists()
        return not in_use and super().has_delete_permission(request, obj)

    def compare_view(self, request):
        """Every contradiction with its rival statements side by side."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        conflicts = statements.contradictions()
        form = CompareForm(request.GET, conflicts=conflicts)
        shown = form.chosen(conflicts)
        context = self.admin_site.each_context(request) | {
            "title": _("Contradictions side by side"),
            "opts": self.opts,
            "form": form,
            "conflicts": [(conflict, list(map(_drawn, conflict.disputes))) for conflict in shown],
            "founding": _founding(),
            "back": request.get_full_path(),
            "may_choose": holds(request.user, Right.REVIEW),
        }
        return TemplateResponse(request, "admin/programs/contradiction/compare.html", context)

    @admin.display(description=gettext_lazy("statements"), ordering="number")
    def said(self, contradiction):
        return contradiction.number

    @admin.display(description=gettext_lazy("what the sources say"))
    def statements(self, contradiction):
        found = statements.marked(contradiction.statements.all())
        if not found:
            return _("None yet.")
        template = "admin/programs/statement/_list.html"
        return render_to_string(template, {"statements": found, "with_record": True})


def _founding():
    """The five articles from which the programme's nouns were read, by the marks texts use."""
    found = Source.objects.filter(slug__regex=r"^s[0-4]-").order_by("slug")
    return [(source.slug[:2].upper(), source) for source in found]


def _drawn(dispute):
    """A dispute, the page of its record, and which of its statements can be chosen now."""
    chosen = next((s for s in dispute.statements if s.chosen_at), None)
    page = page_of(dispute.record) if dispute.record else None
    rows = [(s, choices.refusal(s, chosen) is None) for s in dispute.statements]
    return dispute, page, rows
