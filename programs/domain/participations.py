"""How a region comes to take part, ends, hands on to another region, and comes back."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from programs.models import Candidacy, Cohort, Participation, ParticipationStatus
from programs.models.candidacy import Decision
from regencies import audit
from regencies.access import Right, holds
from regencies.errors import RuleError
from regencies.models import Regency, User


@dataclass(frozen=True)
class Entrant:
    """A region that takes part; ``is_new`` is False where its row was there already."""

    regency: Regency
    participation: Participation
    is_new: bool


@transaction.atomic
def admit(candidacies: Iterable[Candidacy], *, by: User) -> list[Entrant]:
    """Let released, selected candidates take part in the cohort of each; all, or none."""
    asked = [row.pk for row in candidacies]
    rows = Candidacy.objects.within(by, Right.REVIEW).select_related("regency", "cohort")
    locked = list(rows.select_for_update(of=("self",)).filter(pk__in=asked).order_by("pk"))
    if len(locked) != len(set(asked)):
        raise PermissionDenied
    chosen: dict[Cohort, list[Regency]] = {}
    for row in locked:
        if said := refusal_to_admit(row):
            raise RuleError(f"{row}: {said}")
        chosen.setdefault(row.cohort, []).append(row.regency)
    return [each for cohort, places in chosen.items() for each in _enter(cohort, places)]


@transaction.atomic
def enter(cohort: Cohort, regencies: Iterable[Regency], *, by: User) -> list[Entrant]:
    """Let regions take part by name, without a candidacy; who does so already stays as it is.

    Each region counts once, in the order given.
    """
    if not holds(by, Right.MANAGE):
        raise PermissionDenied
    return _enter(cohort, regencies)


def entered(cohort: Cohort, regencies: Iterable[Regency]) -> dict[int, Participation]:
    """The rows that these regions have in the cohort already, by the region's number."""
    rows = Participation.objects.filter(cohort=cohort, regency__in=list(regencies))
    return {row.regency_id: row for row in rows}


def refusal_to_admit(candidacy: Candidacy) -> str | None:
    """Why a candidate cannot become a participant now, as a sentence; None when it can."""
    if candidacy.decision != Decision.SELECTED:
        return _("Only who was selected becomes a participant.")
    if not candidacy.released_at:
        return _("Release the decision first.")
    return None


def refusals_to_admit(candidacies: Iterable[Candidacy]) -> dict[int, str]:
    """The same for many, by candidate; also who takes part already is told. One query."""
    rows = list(candidacies)
    there = Participation.objects.filter(
        cohort__in={row.cohort_id for row in rows}, regency__in={row.regency_id for row in rows}
    )
    found = {(row.cohort_id, row.regency_id): row for row in there}
    told = {}
    for row in rows:
        participation = found.get((row.cohort_id, row.regency_id))
        said = refusal_to_enter(participation) if participation else refusal_to_admit(row)
        if said:
            told[row.pk] = said
    return told


def refusal_to_enter(participation: Participation) -> str:
    """What to say to a region that has a row in the cohort already."""
    if participation.has_ended:
        return _("Its participation has ended; it can be brought back on its own page.")
    return _("It takes part already.")


def _enter(cohort: Cohort, regencies: Iterable[Regency]) -> list[Entrant]:
    wanted = list({regency.pk: regency for regency in regencies}.values())
    # Two who add participants to one cohort wait for each other: no region enters twice.
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    there = entered(cohort, wanted)
    fresh = [Participation(cohort=cohort, regency=place) for place in wanted]
    made = Participation.objects.bulk_create(row for row in fresh if row.regency_id not in there)
    rows = there | {row.regency_id: row for row in made}
    return [Entrant(place, rows[place.pk], place.pk not in there) for place in wanted]


@transaction.atomic
def withdraw(
    participation: Participation, *, by: User, reason: str, on: dt.date | None = None
) -> Participation:
    """End an active participation: the region no longer takes part. ``on``: None if unknown."""
    row = _claimed(participation, by=by)
    _refuse_if(refusal_to_end(row))
    return _settle(row, ParticipationStatus.WITHDRAWN, by=by, reason=reason, since=on)


@transaction.atomic
def replace(
    participation: Participation,
    *,
    replacement: Participation,
    by: User,
    reason: str,
    on: dt.date | None = None,
) -> Participation:
    """Hand an active participation on to another region that takes part in the same cohort."""
    row, other = _claimed(participation, by=by), _claimed(replacement, by=by)
    _refuse_if(refusal_to_end(row) or _refusal_as_replacement(row, other))
    status = ParticipationStatus.REPLACED
    return _settle(row, status, by=by, reason=reason, since=on, replaced_by=other)


@transaction.atomic
def reinstate(participation: Participation, *, by: User, reason: str) -> Participation:
    """Make an ended participation active again; the row history keeps why it ended, and why
    it came back."""
    row = _claimed(participation, by=by)
    _refuse_if(refusal_to_reinstate(row))
    _refuse_without(reason)
    changes = {"status_since": None, "status_reason": "", "replaced_by": None}
    return _write(row, ParticipationStatus.ACTIVE, by=by, reason=reason, changes=changes)


def refusal_to_end(participation: Participation) -> str | None:
    """Why the participation can be neither withdrawn nor replaced now; None when it can."""
    if participation.status != ParticipationStatus.ACTIVE:
        return _("This participation has ended already.")
    return None


def refusal_to_reinstate(participation: Participation) -> str | None:
    """Why the participation cannot come back now; None when it can."""
    if participation.status == ParticipationStatus.ACTIVE:
        return _("This participation is active.")
    return None


def _refusal_as_replacement(row: Participation, other: Participation) -> str | None:
    if other.pk == row.pk:
        return _("A participation cannot replace itself.")
    if other.cohort_id != row.cohort_id:
        return _("The replacement takes part in another cohort.")
    if other.status != ParticipationStatus.ACTIVE:
        return _("The replacement no longer takes part itself.")
    return None


def _claimed(participation: Participation, *, by: User) -> Participation:
    """The stored row, locked; ``PermissionDenied`` to whoever may not decide about it."""
    within_reach = Participation.objects.within(by, Right.REVIEW).with_place()
    row = within_reach.select_for_update(of=("self",)).filter(pk=participation.pk).first()
    if row is None:
        raise PermissionDenied
    return row


def _refuse_if(refusal: str | None) -> None:
    if refusal:
        raise RuleError(refusal)


def _refuse_without(reason: str) -> None:
    if not reason.strip():
        raise RuleError(_("Say why."), fields=["reason"])


def _settle(
    row: Participation,
    status: ParticipationStatus,
    *,
    by: User,
    reason: str,
    since: dt.date | None,
    replaced_by: Participation | None = None,
) -> Participation:
    _refuse_without(reason)
    if since and since > row.regency.province.today:
        raise RuleError(_("That day has not come yet."), fields=["on"])
    changes = {
        "status_since": since,
        "status_reason": reason.strip(),
        "replaced_by": replaced_by,
    }
    return _write(row, status, by=by, reason=reason, changes=changes)


def _write(
    row: Participation,
    status: ParticipationStatus,
    *,
    by: User,
    reason: str,
    changes: dict[str, Any],
) -> Participation:
    changes["status"] = status
    for name, value in changes.items():
        setattr(row, name, value)
    with audit.giving(reason.strip(), user_id=by.pk):
        row.save(update_fields=list(changes))
    return row
