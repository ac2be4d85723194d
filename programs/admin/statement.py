from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.admin.marks import GOOD, mark
from programs.admin.statement_filters import (
    ChosenFilter,
    CodeFilter,
    FlagFilter,
    KindFilter,
    about_regions,
)
from programs.admin.statement_form import FindForm, StatementForm, kinds, page_of, record_of
from programs.domain import choices, stated, statements
from programs.imports.sheets.statement import StatementSheet
from programs.models import Statement
from regencies.access import Right
from regencies.admin.base import ScopedAdmin
from regencies.admin.deeds import AnswerForm, Deed, DeedsAdmin, row_by_row, words_field
from regencies.admin.exchange import ExchangeAdmin
from regencies.errors import RuleError


class BecauseForm(AnswerForm):
    because = words_field(
        gettext_lazy("Why it holds"),
        missing=gettext_lazy("Say why this statement holds."),
        rows=4,
        help_text=gettext_lazy("For example: the letter itself carries this date."),
    )


def about(statement):
    """The record, led by its kind and linked to its page where it has one."""
    record = statement.about if hasattr(statement, "about") else stated.record_of(statement)
    if record is None:
        return _("no longer there")
    kind, page = capfirst(record._meta.verbose_name), page_of(record)
    if page is None:
        return format_html("{}: {}", kind, record)
    return format_html('{}: <a href="{}">{}</a>', kind, page, record)


def label(statement):
    name = stated.field_label(stated.noun_of(statement), statement.field)
    return name or _("(the record as a whole)")


def effect(statement):
    """What choosing does, for the preview."""
    if choices.writes(statement):
        return _("The record gets this value.")
    return _("Only marked; the record stays as it is.")


def refusal_to_choose(statement):
    chosen = choices.chosen_among(statement).filter(chosen_at__isnull=False).first()
    return choices.refusal(statement, chosen)


def refusals_to_choose(rows, by):
    """Why each cannot be chosen; of two chosen here for one field only the first goes through."""
    refused, first = {}, {}
    for row in rows:
        said = refusal_to_choose(row)
        rival = first.get(key := (row.content_type_id, row.object_id, row.field))
        if said is None and rival:
            said = _("“%s” is chosen here for the same field; only one can hold.") % rival.stated
        if said:
            refused[row.pk] = said
        else:
            first[key] = row
    return refused


def refusal_to_take_back(statement):
    return None if statement.chosen_at else _("This statement is not chosen.")


def unless_changed(do):
    """Leaves out a statement whose words changed since they were shown."""

    def act(statement, *, by, seen, **answer):
        if seen != statement.stated:
            raise RuleError(_("Somebody changed this statement meanwhile; read it again."))
        return do(statement, by=by, **answer)

    return act


FACTS = [
    (gettext_lazy("record"), about),
    (gettext_lazy("field"), label),
    (gettext_lazy("source"), lambda statement: statement.source),
]
CHOOSE = Deed(
    verb="choose",
    right=Right.REVIEW,
    do=unless_changed(choices.choose),
    title=gettext_lazy("Choose what holds"),
    question=gettext_lazy(
        "The other statements stay on record beside it. Where the field is a plain date, number "
        "or text, the record gets the value; the choice can be taken back."
    ),
    button=gettext_lazy("Choose"),
    done=gettext_lazy("Chosen"),
    refusals=refusals_to_choose,
    form=BecauseForm,
    facts=[*FACTS, (gettext_lazy("effect"), effect)],
    stamp=lambda statement: statement.stated,
)
TAKE_BACK = Deed(
    verb="take_back",
    right=Right.REVIEW,
    do=unless_changed(choices.unchoose),
    title=gettext_lazy("Take back a choice"),
    question=gettext_lazy(
        "The record gets back what it said before the choice, unless it was changed since."
    ),
    button=gettext_lazy("Take back"),
    done=gettext_lazy("Taken back"),
    offer=gettext_lazy("Take back the choice…"),
    refusals=row_by_row(refusal_to_take_back),
    facts=FACTS,
    stamp=lambda statement: statement.stated,
)


class MarkedList(ChangeList):
    """The rows of one page with their records and flags, in a constant number of queries."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = statements.marked(self.result_list)


@admin.register(Statement)
class StatementAdmin(ExchangeAdmin, DeedsAdmin, ScopedAdmin):
    """What one source says about one field; a chosen one is taken back before it can go."""

    form = StatementForm
    sheet = StatementSheet
    can_be_deleted = True
    list_display = ["about", "label", "stated", "told_by", "odd", "code", "is_chosen"]
    list_display_links = ["stated"]
    list_filter = [FlagFilter, ChosenFilter, KindFilter, CodeFilter]
    common_filters = [
        (gettext_lazy("Statements disagree"), "flag=rivals&chosen=no"),
        (gettext_lazy("Weekday and date do not match"), "flag=weekday"),
    ]
    list_select_related = ["source", "contradiction", "content_type"]
    search_fields = ["stated", "note", "source__publisher", "source__title", "source__slug"]
    search_help_text = gettext_lazy("What is stated, the source, or the region in any spelling.")
    date_hierarchy = "event_on"
    autocomplete_fields = ["source", "contradiction"]
    readonly_fields = ["chosen_at", "chosen_by", "chosen_because"]
    deeds = [CHOOSE, TAKE_BACK]

    def get_fieldsets(self, request, obj=None):
        carried = [] if obj else ["content_type", "object_id"]
        said = [*carried, "field", "source", "stated", ("event_on", "weekday"), "note"]
        choice = ["chosen_at", "chosen_by", "chosen_because"]
        return [
            (None, {"fields": said}),
            (_("Contradiction"), {"fields": ["contradiction"]}),
            *([(_("Choice"), {"fields": choice})] if obj and obj.chosen_at else []),
        ]

    def get_readonly_fields(self, request, obj=None):
        own = super().get_readonly_fields(request, obj)
        return [*own, "field", "source", "stated"] if obj and obj.chosen_at else own

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source", "content_type", "chosen_by")

    def get_changelist(self, request, **kwargs):
        return MarkedList

    def get_search_results(self, request, queryset, search_term):
        text = search_term.strip()
        if not text:
            return queryset, False
        known = request.__dict__.setdefault("_found", {})
        if text not in known:
            rows = self.get_queryset(request).order_by()
            in_words, _repeats = super().get_search_results(request, rows, text)
            either = Q(pk__in=in_words.values("pk")) | about_regions(text)
            known[text] = list(rows.filter(either).values_list("pk", flat=True))
        return queryset.filter(pk__in=known[text]), False

    def has_delete_permission(self, request, obj=None):
        is_chosen = obj is not None and obj.chosen_at is not None
        return not is_chosen and super().has_delete_permission(request, obj)

    def history_words(self, statement):
        model = statement.content_type.model_class()
        return {"field": lambda name: str(stated.field_label(model, name) or name)}

    def changelist_view(self, request, extra_context=None):
        request._flagged, request._found = {}, {}  # shared by every count beside a choice
        return super().changelist_view(request, extra_context)

    # One statement

    def add_view(self, request, form_url="", extra_context=None):
        """The form for a record that the address names; else the page that finds one."""
        if request.method == "GET" and record_of(request.GET) is None:
            return self._find(request)
        return super().add_view(request, form_url, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        own = {"record": self._record(request, object_id)}
        return super().changeform_view(request, object_id, form_url, own | (extra_context or {}))

    def get_changeform_initial_data(self, request):
        """An unknown field in the address is told by name, not dropped without a word."""
        initial = super().get_changeform_initial_data(request)
        record = record_of(request.GET)
        if record and (name := initial.get("field")):
            allowed = stated.fields_of(type(record))
            if name not in allowed:
                words = _("“%(name)s” is no field of this record. Choose one of: %(allowed)s.")
                texts = {"name": name[:60], "allowed": ", ".join(map(str, allowed.values()))}
                self.message_user(request, words % texts, messages.WARNING)
        return initial

    def _record(self, request, object_id):
        if object_id is None:
            record = record_of(request.POST if request.method == "POST" else request.GET)
        else:
            statement = self.get_object(request, object_id)
            record = statement and stated.record_of(statement)
        return record and {
            "kind": capfirst(record._meta.verbose_name),
            "name": str(record),
            "page": page_of(record),
        }

    def _find(self, request):
        asked = {name: request.GET[name] for name in ("kind", "text") if name in request.GET}
        form = FindForm(asked or None)
        found = form.found(request, self.admin_site) if form.is_valid() else None
        if found and len(found) == 1:
            return HttpResponseRedirect(_form_for(found[0]))
        context = self.admin_site.each_context(request) | {
            "title": _("Add a statement"),
            "opts": self.opts,
            "form": form,
            "errors": form.errors,
            "found": found and [(record, _form_for(record)) for record in found],
            "is_empty": found == [],
        }
        return TemplateResponse(request, "admin/programs/statement/find.html", context)

    # The list

    @admin.display(description=gettext_lazy("record"))
    def about(self, statement):
        return about(statement)

    @admin.display(description=gettext_lazy("field"), ordering="field")
    def label(self, statement):
        return label(statement)

    @admin.display(description=gettext_lazy("source"), ordering="source__publisher")
    def told_by(self, statement):
        return str(statement.source)

    @admin.display(description=gettext_lazy("contradiction"), ordering="contradiction__code")
    def code(self, statement):
        return statement.contradiction.code if statement.contradiction else "–"

    @admin.display(description=gettext_lazy("flags"))
    def odd(self, statement):
        lines = ((flag.kind.label, flag.words) for flag in statement.flags)
        return format_html_join("", '<span class="help">{}. {}</span> ', lines) or "–"

    @admin.display(description=gettext_lazy("chosen"), ordering="chosen_at")
    def is_chosen(self, statement):
        if statement.chosen_at is None:
            return "–"
        day = date_format(statement.chosen_at, "j M Y")
        return format_html("{} {}", mark(GOOD, _("Chosen")), day)


def _form_for(record):
    query = {"content_type": kinds()[type(record)].pk, "object_id": record.pk}
    return f"{reverse('admin:programs_statement_add')}?{urlencode(query)}"
