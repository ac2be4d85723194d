"""Initiatives: what one lacks, where it may stand, how its state moves, what all of them cost.

The state of an initiative is a fact about the region's own work, not a decision about it.
So whoever may edit the region's rows moves it (``Right.EDIT``: officers and signers), and so
does ministry staff, who enter what regions report on paper (``Right.REVIEW``). A superuser
keeps the portal running and moves no workflow: ``Right.MANAGE`` alone is not enough. What is
decided *about* a region's work, a claim of progress, is ``Right.REVIEW`` alone:
``programs.domain.claims``.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from programs.domain.gaps import Gap
from programs.domain.masterplans import agencies
from programs.models import Initiative, InitiativeState, YearPlan
from programs.models.initiative import GAPS
from regencies.access import Right
from regencies.errors import RuleError
from regencies.models import Agency, User

LONGEST_REASON = 5000  # characters
NOTHING = Decimal("0.00")

#: From which states each step may be taken.
STARTS_FROM = (InitiativeState.PLANNED,)
FINISHES_FROM = (InitiativeState.PLANNED, InitiativeState.RUNNING)
STOPS_FROM = (InitiativeState.PLANNED, InitiativeState.RUNNING)
RESUMES_FROM = (InitiativeState.STOPPED, InitiativeState.DONE)


@dataclass(frozen=True)
class Total:
    """What one pillar's initiatives cost in one year from one source of funds, in rupiah.

    ``unestimated`` rows have no planned budget yet, so ``planned`` says nothing of them.
    """

    year: int
    fund_source: str
    pillar: str
    planned: Decimal
    realised: Decimal
    unestimated: int


def completeness(initiative: Initiative) -> list[Gap]:
    """What is missing of year, responsible agency and budget; empty when complete.

    The Bupati of Grobogan asks for the three in article S1. The rule itself is
    ``InitiativeQuerySet.with_gaps``; rows loaded through it need no further query.
    """
    if not hasattr(initiative, f"lacks_{GAPS[0]}"):
        initiative = Initiative.objects.with_gaps().get(pk=initiative.pk)
    sentences = {
        "year": _("No year is planned."),
        "lead_agency": _("No agency is responsible."),
        "budget": _("No year has an estimated budget."),
    }
    return [Gap(name, sentences[name]) for name in GAPS if getattr(initiative, f"lacks_{name}")]


def misplaced(
    initiative: Initiative, *, supporters: Iterable[Agency] = (), years: Iterable[int] = ()
) -> dict[str, str]:
    """What does not fit together, by field: agencies of other regions, a part of another
    pillar, a quick win's years outside the period of its plan without an explanation.

    The database keeps the same rules; this says them in words beforehand.
    """
    found = {}
    named = [agency for agency in (initiative.lead_agency, *supporters) if agency]
    ours = set(agencies(initiative.masterplan).filter(pk__in=[a.pk for a in named]))
    strange = _("%s is not an agency of this plan's region.")
    if initiative.lead_agency and initiative.lead_agency not in ours:
        found["lead_agency"] = strange % initiative.lead_agency.name
    if foreign := [agency.name for agency in supporters if agency not in ours]:
        found["support"] = strange % ", ".join(foreign)
    part = initiative.sub_dimension
    if part and part.pillar_id != initiative.pillar_id:
        found["sub_dimension"] = _("%(part)s is a part of %(pillar)s.") % {
            "part": part,
            "pillar": part.pillar,
        }
    if words := outside_the_period(initiative, years):
        found["outside_period_reason"] = words
    return found


def outside_the_period(initiative: Initiative, years: Iterable[int]) -> str:
    """Why these years of a quick win need an explanation; "" when they need none."""
    plan = initiative.masterplan
    if not initiative.is_quick_win or initiative.outside_period_reason:
        return ""
    if plan.first_year is None or plan.last_year is None:
        return ""
    outside = sorted({y for y in years if not plan.first_year <= y <= plan.last_year})
    if not outside:
        return ""
    return _("%(years)s lies outside the plan's %(first)s–%(last)s. Say why, or correct it.") % {
        "years": ", ".join(str(year) for year in outside),
        "first": plan.first_year,
        "last": plan.last_year,
    }


@transaction.atomic
def start(initiative: Initiative, *, by: User) -> Initiative:
    """The work has begun."""
    return _moved(initiative, InitiativeState.RUNNING, STARTS_FROM, by=by)


@transaction.atomic
def finish(initiative: Initiative, *, by: User) -> Initiative:
    """The work is done. What is true of it is a verified claim, not this word."""
    return _moved(initiative, InitiativeState.DONE, FINISHES_FROM, by=by)


@transaction.atomic
def resume(initiative: Initiative, *, by: User) -> Initiative:
    """The work goes on after a stop, or after all; the history keeps why it had stopped."""
    return _moved(
        initiative,
        InitiativeState.RUNNING,
        RESUMES_FROM,
        by=by,
        stopped_on=None,
        stopped_reason="",
    )


@transaction.atomic
def stop(initiative: Initiative, *, by: User, reason: str, on: dt.date) -> Initiative:
    """The region gave the work up, on that day and for that reason."""
    if not (reason := reason.strip()):
        raise RuleError(_("Say why the initiative was stopped."), fields=["reason"])
    if len(reason) > LONGEST_REASON:
        raise RuleError(_("Write at most 5,000 characters."), fields=["reason"])
    if on > timezone.localdate():
        raise RuleError(_("Enter a day that is not in the future."), fields=["on"])
    return _moved(
        initiative,
        InitiativeState.STOPPED,
        STOPS_FROM,
        by=by,
        stopped_on=on,
        stopped_reason=reason,
    )


def refusal(initiative: Initiative, sources: Iterable[str]) -> str | None:
    """Why the initiative as it stands refuses a step from ``sources``; None when it is open."""
    if initiative.state in sources:
        return None
    return _("This step is not open to an initiative with the state “%(state)s”.") % {
        "state": initiative.get_state_display()
    }


def totals(initiatives: QuerySet[Initiative]) -> list[Total]:
    """What the initiatives cost by year, source of funds and pillar, in one query."""
    rows = YearPlan.objects.filter(initiative__in=initiatives.order_by().values("pk"))
    grouped = rows.order_by("year", "fund_source", "initiative__pillar__position").values(
        "year", "fund_source", "initiative__pillar__slug", "initiative__pillar__position"
    )
    return [
        Total(
            row["year"],
            row["fund_source"],
            row["initiative__pillar__slug"],
            row["sum_planned"],
            row["sum_realised"],
            row["unestimated"],
        )
        for row in grouped.annotate(
            sum_planned=Coalesce(Sum("planned"), NOTHING),
            sum_realised=Coalesce(Sum("realised"), NOTHING),
            unestimated=Count("pk", filter=Q(planned__isnull=True)),
        )
    ]


def _moved(
    initiative: Initiative, to: str, sources: Iterable[str], *, by: User, **facts: object
) -> Initiative:
    locked = _held(initiative, by=by)
    if reason := refusal(locked, sources):
        raise RuleError(reason)
    for name, value in {"state": to, **facts}.items():
        setattr(locked, name, value)
    locked.save(update_fields=["state", *facts])
    return locked


def _held(initiative: Initiative, *, by: User) -> Initiative:
    """The stored row, locked, if ``by`` may move its state."""
    for right in (Right.EDIT, Right.REVIEW):
        rows = Initiative.objects.within(by, right).select_for_update(of=("self",))
        if locked := rows.filter(pk=initiative.pk).first():
            return locked
    raise PermissionDenied
