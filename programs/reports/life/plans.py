"""What the region plans: masterplans with their books, and the initiatives in them."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from programs.domain.gaps import Gap
from programs.domain.initiatives import completeness, totals
from programs.domain.masterplans import agencies_without_initiative, with_figures
from programs.models import (
    Book,
    Initiative,
    Masterplan,
    Participation,
    ProgressClaim,
    SupportingAgency,
    YearPlan,
)
from programs.reports.life.section import Add, Section, own, with_parts
from regencies.models import Agency


@dataclass(frozen=True)
class Line:
    """An initiative as the page tells it: what it lacks, what it costs, how far it is."""

    initiative: Initiative
    gaps: list[Gap]
    years: list[YearPlan]
    claim: ProgressClaim | None

    @property
    def planned(self) -> Decimal | None:
        return _sum(year.planned for year in self.years)

    @property
    def realised(self) -> Decimal | None:
        return _sum(year.realised for year in self.years)


@dataclass
class YearTotal:
    """What all initiatives of the plans cost in one year."""

    year: int
    planned: Decimal = Decimal(0)
    realised: Decimal = Decimal(0)
    unestimated: int = 0


@dataclass(frozen=True)
class Initiatives:
    """Counts and sums over the lines, and the agencies that lead none of them."""

    quick_wins: int = 0
    incomplete: int = 0
    years: list[YearTotal] = field(default_factory=list)
    idle_agencies: list[Agency] = field(default_factory=list)


def masterplans(participation: Participation) -> Section:
    """The region's own plans, and the joint ones of its area and cohort, marked as joint."""
    whose = Q(participation=participation)
    if participation.area_id:
        whose |= Q(area=participation.area_id, cohort=participation.cohort_id)
    books = Book.objects.select_related("definition", "document")
    rows = list(
        with_figures(Masterplan.objects.filter(whose))
        .select_related("area", "cohort", "participation__cohort", "participation__regency")
        .prefetch_related("legal_instruments", Prefetch("books", books))
        .order_by("area", "-version")
    )
    rows.sort(key=lambda plan: plan.area_id is not None)
    adds = [Add(_("Add a masterplan"), "masterplan", own(participation))]
    if participation.area_id:
        joint = {"area": participation.area_id, "cohort": participation.cohort_id}
        adds.append(Add(_("Add a joint plan of the area"), "masterplan", joint))
    return Section(
        "masterplans",
        _("Masterplans"),
        rows,
        _("No masterplan is on record."),
        _("The region writes Books I to III during the Bimtek and hands them over."),
        adds,
        with_parts(rows, "legal_instruments", "books"),
    )


def initiatives(plans: list[Masterplan]) -> Section:
    """The initiatives of the plans: the region's own before joint ones, quick wins first."""
    found = Initiative.objects.filter(masterplan__in=plans)
    lines = [_line(row) for row in _loaded(found)]
    own_plans = [plan for plan in plans if plan.participation_id]
    figures = Initiatives(
        quick_wins=sum(line.initiative.is_quick_win for line in lines),
        incomplete=sum(bool(line.gaps) for line in lines),
        years=_by_year(found) if lines else [],
        idle_agencies=list(agencies_without_initiative(own_plans[0])) if own_plans else [],
    )
    return Section(
        "initiatives",
        _("Initiatives"),
        lines,
        _("No initiative is on record.") if plans else _("Initiatives belong to a masterplan."),
        _("Each agency (OPD) proposes at least one; the region enters them under its plan."),
        [
            Add(_("Add an initiative"), "initiative", {"masterplan": plan.pk})
            for plan in own_plans[:1]
        ],
        [line.initiative for line in lines],
        {"figures": figures},
    )


def _loaded(found):
    supporting = SupportingAgency.objects.select_related("agency")
    return (
        found.with_gaps()
        .select_related("masterplan", "pillar", "lead_agency")
        .prefetch_related("years", "claims", Prefetch("support", supporting))
        .order_by("-is_quick_win", "pillar__position", "name", "pk")
    )


def _line(row: Initiative) -> Line:
    claims = list(row.claims.all())  # the newest first, as the model orders them
    return Line(row, completeness(row), list(row.years.all()), claims[0] if claims else None)


def _by_year(found) -> list[YearTotal]:
    years: dict[int, YearTotal] = {}
    for total in totals(found):
        year = years.setdefault(total.year, YearTotal(total.year))
        year.planned += total.planned
        year.realised += total.realised
        year.unestimated += total.unestimated
    return [years[year] for year in sorted(years)]


def _sum(amounts) -> Decimal | None:
    """The sum of what is known; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None
