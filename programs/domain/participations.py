"""How a participation ends, is handed on to another region, and comes back."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from programs.models import Participation, ParticipationStatus
from regencies import audit
from regencies.access import Right
from regencies.errors import RuleError
from regencies.models import User


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
