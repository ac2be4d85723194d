"""How a region comes into a cohort: assessed, decided upon, told so.

A decision is staged first, by anyone at the ministry, and may be changed; released to the
region it stays, and only striking off may follow. These functions are the only writers of
decision and release. Each locks the row, checks the right on what is stored, and raises
``PermissionDenied`` out of reach and ``RuleError`` when a rule refuses.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Avg, Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from programs.models import AssessmentCriterion, Candidacy
from programs.models.candidacy import Decision, Progress
from regencies.access import Right
from regencies.errors import RuleError
from regencies.models import User

OPEN_DECISIONS = (Decision.SELECTED, Decision.RESERVE, Decision.NOT_SELECTED)
HUNDRED = Decimal(100)


@transaction.atomic
def decide(
    candidacy: Candidacy, *, by: User, decision: str, reason: str = "", seen: str | None = None
) -> Candidacy:
    """Stage a decision. ``seen``: the ``stamp`` of what the person was shown."""
    candidacy = _claim(candidacy, by=by, seen=seen)
    if said := refusal_to_decide(candidacy):
        raise RuleError(said)
    if decision not in OPEN_DECISIONS:
        raise RuleError(_("Choose selected, reserve or not selected."), fields=["decision"])
    return _write(candidacy, decision, reason.strip(), by=by)


@transaction.atomic
def strike_off(
    candidacy: Candidacy, *, by: User, reason: str, seen: str | None = None
) -> Candidacy:
    """Strike a candidate off the list, even after the release; the region reads the reason."""
    candidacy = _claim(candidacy, by=by, seen=seen)
    if said := refusal_to_strike_off(candidacy):
        raise RuleError(said)
    if not (reason := reason.strip()):
        raise RuleError(_("Say why the region is struck off."), fields=["reason"])
    return _write(candidacy, Decision.STRUCK_OFF, reason, by=by)


@transaction.atomic
def release(
    candidacies: Iterable[Candidacy], *, by: User, seen: Mapping[int, str] | None = None
) -> list[Candidacy]:
    """Tell the regions what was decided: all of them at one moment, or none.

    ``seen``: for each row the ``stamp`` of the decision that was shown; a decision changed
    meanwhile is not released unread.
    """
    now, released = timezone.now(), []
    for row in sorted(candidacies, key=lambda row: row.pk):  # one order, so no two wait for ever
        stamp_seen = None if seen is None else seen.get(row.pk, "")
        candidacy = _claim(row, by=by, seen=stamp_seen)
        if said := refusal_to_release(candidacy):
            raise RuleError(f"{candidacy}: {said}")
        candidacy.released_at, candidacy.released_by = now, by
        candidacy.save(update_fields=["released_at", "released_by"])
        released.append(candidacy)
    return released


def refusal_to_decide(candidacy: Candidacy) -> str | None:
    """Why no decision can be staged now, as a sentence; None when it can."""
    if candidacy.decision == Decision.STRUCK_OFF:
        return _("The region is struck off.")
    if candidacy.released_at:
        return _("The decision was released and stays; only striking off may follow.")
    if candidacy.progress == Progress.WITHDRAWN:
        return _("The region withdrew; there is nothing to decide.")
    return None


def refusal_to_release(candidacy: Candidacy) -> str | None:
    """Why there is nothing to release, as a sentence; None when there is."""
    if candidacy.released_at:
        return _("It was released already.")
    if not candidacy.decision:
        return _("Nothing is decided yet.")
    return None


def refusal_to_strike_off(candidacy: Candidacy) -> str | None:
    """Why the region cannot be struck off, as a sentence; None when it can."""
    if candidacy.decision == Decision.STRUCK_OFF:
        return _("The region is struck off already.")
    return None


def stamp(candidacy: Candidacy) -> str:
    """What tells one staged decision from the next."""
    at = candidacy.decided_at.isoformat() if candidacy.decided_at else "-"
    return f"{candidacy.decision or '-'} {at}"


@dataclass(frozen=True)
class CriterionScore:
    """The mean of a criterion over its assessors; ``mean`` is None before the first."""

    criterion: AssessmentCriterion
    mean: Decimal | None
    assessors: int


@dataclass(frozen=True)
class Scores:
    """``total``: in percent of what can be reached, where every criterion has weight and mean."""

    criteria: list[CriterionScore]
    total: Decimal | None


def scores(candidacy: Candidacy) -> Scores:
    """What the assessors gave a candidate, criterion by criterion; one query."""
    own = Q(scores__candidacy=candidacy)
    rows = AssessmentCriterion.objects.filter(cohort=candidacy.cohort_id).annotate(
        mean=Avg("scores__score", filter=own),
        assessors=Count("scores__assessor", filter=own, distinct=True),
    )
    found = [CriterionScore(row, row.mean, row.assessors) for row in rows]
    return Scores(found, _total(found))


def _total(found: list[CriterionScore]) -> Decimal | None:
    weights = sum((line.criterion.weight or Decimal(0) for line in found), Decimal(0))
    reached = Decimal(0)
    for line in found:
        if line.criterion.weight is None or line.mean is None:
            return None
        reached += line.criterion.weight * line.mean / line.criterion.highest_score
    return (HUNDRED * reached / weights).quantize(Decimal("0.01")) if weights else None


def _claim(candidacy: Candidacy, *, by: User, seen: str | None) -> Candidacy:
    """The row, locked, if ``by`` may decide about it and it still is as it was shown."""
    rows = Candidacy.objects.within(by, Right.REVIEW).select_related("regency", "cohort")
    locked = rows.select_for_update(of=("self",)).filter(pk=candidacy.pk).first()
    if locked is None:
        raise PermissionDenied
    if seen is not None and seen != stamp(locked):
        raise RuleError(
            _("Somebody decided about %s after you opened this page. Read it, then decide.")
            % locked,
            code="changed",
        )
    return locked


def _write(candidacy: Candidacy, decision: str, reason: str, *, by: User) -> Candidacy:
    candidacy.decision, candidacy.reason = decision, reason
    candidacy.decided_at, candidacy.decided_by = timezone.now(), by
    candidacy.save(update_fields=["decision", "reason", "decided_at", "decided_by"])
    return candidacy
