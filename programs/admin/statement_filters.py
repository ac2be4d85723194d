"""The filters of the list of statements."""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from programs.admin.filters import ReadOnce
from programs.domain import stated, statements
from programs.domain.statements import FlagKind
from programs.models import Contradiction, Statement
from regencies.access import ScopedQuerySet
from regencies.domain.searching import regencies_called


class KindFilter(ReadOnce):
    """By the kind of record; only kinds that a statement speaks of are offered."""

    title = _("kind of record")
    parameter_name = "kind"

    def read_choices(self, request, model_admin):
        present = ContentType.objects.filter(
            pk__in=Statement.objects.order_by().values("content_type")
        )
        names = [(ct.model, ct.name) for ct in present]
        return sorted(((name, capfirst(label)) for name, label in names), key=lambda one: one[1])

    def queryset(self, request, queryset):
        if value := self.value():
            return queryset.filter(content_type__model=value)
        return queryset


class CodeFilter(ReadOnce):
    """By the contradiction it is part of, in the order of the codes."""

    title = _("contradiction")
    parameter_name = "code"

    def read_choices(self, request, model_admin):
        rows = Contradiction.objects.filter(statements__isnull=False).distinct()
        return [(row.code, row.code) for row in sorted(rows, key=statements.in_order)]

    def queryset(self, request, queryset):
        if value := self.value():
            return queryset.filter(contradiction__code=value)
        return queryset


class FlagFilter(admin.SimpleListFilter):
    """By what is odd. Flags are computed, once for a page."""

    title = _("flag")
    parameter_name = "flag"

    def lookups(self, request, model_admin):
        return FlagKind.choices

    def queryset(self, request, queryset):
        if not (value := self.value()):
            return queryset
        flagged = request.__dict__.setdefault("_flagged", {})
        if not flagged:
            flagged |= statements.all_flags() or {0: []}
        ids = [pk for pk, flags in flagged.items() if value in {f.kind.value for f in flags}]
        return queryset.filter(pk__in=ids)


class ChosenFilter(admin.SimpleListFilter):
    title = _("choice")
    parameter_name = "chosen"

    def lookups(self, request, model_admin):
        return [("yes", _("Chosen")), ("no", _("Not chosen"))]

    def queryset(self, request, queryset):
        if self.value() in {"yes", "no"}:
            return queryset.filter(chosen_at__isnull=self.value() == "no")
        return queryset


def about_regions(text):
    """Statements about rows of the regions called ``text``, whatever noun the rows are."""
    regions = regencies_called(text).values("pk")
    wanted = Q(pk__in=[])
    for model, kind in ContentType.objects.get_for_models(*stated.NOUNS).items():
        rows = model._default_manager.all()
        if isinstance(rows, ScopedQuerySet):
            own = rows.order_by().filter(**{f"{rows.regency_prefix}id__in": regions})
            wanted |= Q(content_type=kind, object_id__in=own.values("pk"))
    return wanted
