"""What a masterplan has and lacks: agencies that take part, books, sections, legal form."""

from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from programs.domain.gaps import Gap
from programs.models import (
    Book,
    BookDefinition,
    BookSection,
    Initiative,
    Masterplan,
    SectionDefinition,
)
from regencies.errors import RuleError
from regencies.models import Agency, Regency


@dataclass(frozen=True)
class BookState:
    """A book that the cohort asks for, the plan's own if there is one, and what it still lacks."""

    definition: BookDefinition
    book: Book | None
    missing: list[SectionDefinition]

    @property
    def is_complete(self) -> bool:
        return self.book is not None and not self.missing


def regions(masterplan: Masterplan) -> QuerySet[Regency]:
    """The region of the plan; every region of its area for a joint plan."""
    if masterplan.participation is None:
        return Regency.objects.filter(areas=masterplan.area_id)
    return Regency.objects.filter(pk=masterplan.participation.regency_id)


def agencies(masterplan: Masterplan) -> QuerySet[Agency]:
    """The agencies that may lead or support an initiative of the plan, closed ones included."""
    return Agency.objects.filter(regency__in=regions(masterplan).values("pk"))


def agencies_without_initiative(masterplan: Masterplan) -> QuerySet[Agency]:
    """The agencies of today that lead no initiative of the plan yet ("setiap OPD satu inovasi").

    Helping with somebody else's initiative is not proposing one.
    """
    today = timezone.localdate()
    leading = Initiative.objects.filter(masterplan=masterplan, lead_agency__isnull=False)
    return (
        agencies(masterplan)
        .filter(Q(active_from__isnull=True) | Q(active_from__lte=today))
        .filter(Q(active_to__isnull=True) | Q(active_to__gte=today))
        .exclude(pk__in=leading.order_by().values("lead_agency"))
        .select_related("regency")
    )


def books(masterplan: Masterplan) -> list[BookState]:
    """Every book that the plan's cohort asks for, in order, with the mandatory sections missing.

    A section is there once its text or its pages are written.
    """
    there = {book.definition_id: book for book in masterplan.books.all()}
    written = BookSection.objects.filter(book__masterplan=masterplan)
    done = {
        section.definition_id for section in written if f"{section.text}{section.pages}".strip()
    }
    asked = BookDefinition.objects.filter(cohort=masterplan.definitions)
    return [
        BookState(
            definition,
            there.get(definition.pk),
            [
                section
                for section in definition.sections.all()
                if section.is_mandatory and section.pk not in done
            ],
        )
        for definition in asked.prefetch_related("sections")
    ]


def gaps(masterplan: Masterplan) -> list[Gap]:
    """What the plan's books still lack, as sentences; empty when every book is complete."""
    return [gap for state in books(masterplan) for gap in _book_gaps(state)]


def _book_gaps(state: BookState) -> list[Gap]:
    name = f"book-{state.definition.number}"
    if state.book is None:
        return [Gap(name, _("%s is not on record.") % state.definition)]
    return [
        Gap(
            name,
            _("%(book)s: “%(section)s” has neither text nor pages.")
            % {"book": state.definition, "section": section},
        )
        for section in state.missing
    ]


def legal_form(masterplan: Masterplan) -> str:
    """The regulations that carry the plan, or that there is none yet."""
    found = [str(instrument) for instrument in masterplan.legal_instruments.all()]
    return ", ".join(found) or _("none yet")


def with_figures(masterplans: QuerySet[Masterplan]) -> QuerySet[Masterplan]:
    """Each plan with what a list says of it: books and mandatory sections asked for and there,
    initiatives and quick wins.
    """
    cohort = Coalesce(F("cohort"), F("participation__cohort"))
    rows = masterplans.annotate(asking_cohort=cohort)
    mandatory = SectionDefinition.objects.filter(is_mandatory=True)
    return rows.annotate(
        books_asked=_count(BookDefinition.objects.filter(cohort=OuterRef("asking_cohort"))),
        books_there=_count(Book.objects.filter(masterplan=OuterRef("pk"))),
        sections_asked=_count(mandatory.filter(book__cohort=OuterRef("asking_cohort"))),
        sections_there=_count(
            BookSection.objects.filter(
                book__masterplan=OuterRef("pk"), definition__is_mandatory=True
            )
        ),
        initiatives_there=_count(Initiative.objects.filter(masterplan=OuterRef("pk"))),
        quick_wins=_count(Initiative.objects.filter(masterplan=OuterRef("pk"), is_quick_win=True)),
    )


def check_period(masterplan: Masterplan) -> None:
    """Raise ``RuleError`` when the plan's years leave quick wins outside, unexplained.

    The database keeps the same rule (``period_holds_quick_wins``).
    """
    first, last = masterplan.first_year, masterplan.last_year
    if first is None or last is None or masterplan.pk is None:
        return
    quick_wins = Initiative.objects.filter(
        Q(years__year__lt=first) | Q(years__year__gt=last),
        masterplan=masterplan,
        is_quick_win=True,
        outside_period_reason="",
    )
    if names := list(quick_wins.order_by("name").values_list("name", flat=True).distinct()):
        words = _(
            "These quick wins have years outside %(first)s–%(last)s: %(names)s. Explain it on"
            " their pages first, or correct the years."
        )
        words %= {"first": first, "last": last, "names": ", ".join(names)}
        raise RuleError(words, fields=["last_year"])


def _count(rows: QuerySet) -> Coalesce:
    """How many ``rows`` there are, as a column of the row they are asked for."""
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0, output_field=IntegerField())
