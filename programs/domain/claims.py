"""Progress as it is claimed, and true once somebody else has verified it.

A claim is written once. Verifying or refusing is the only thing that happens to it, and to
one of the two only: whoever comes second is told.
"""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from programs.domain.masterplans import regions
from programs.models import Document, Initiative, InitiativeState, ProgressClaim
from regencies.access import Right
from regencies.errors import RuleError
from regencies.models import User

LONGEST_REASON = 5000  # characters


@transaction.atomic
def claim(
    initiative: Initiative,
    *,
    by: User,
    percent: int,
    as_of: dt.date,
    note: str = "",
    evidence: Document | None = None,
) -> ProgressClaim:
    """Say how far an initiative is; whoever edits the region's rows may, nobody else.

    ``evidence`` is a paper of the initiative's own region.
    """
    within_reach = Initiative.objects.within(by, Right.EDIT).with_place()
    locked = within_reach.select_for_update(of=("self",)).filter(pk=initiative.pk).first()
    if locked is None:
        raise PermissionDenied
    if locked.state == InitiativeState.STOPPED:
        raise RuleError(_("This initiative was stopped. Resume it before claiming progress."))
    if as_of > timezone.localdate():
        raise RuleError(_("Enter a day that is not in the future."), fields=["as_of"])
    if evidence and evidence.regency not in regions(locked.masterplan):
        raise RuleError(_("This paper belongs to another region."), fields=["evidence"])
    made = ProgressClaim(
        initiative=locked,
        percent=percent,
        as_of=as_of,
        note=note.strip(),
        evidence=evidence,
        claimed_at=timezone.now(),
        claimed_by=by,
    )
    return _saved(made)


@transaction.atomic
def verify(claim: ProgressClaim, *, by: User) -> ProgressClaim:
    """Confirm what somebody else claimed. There is no way back."""
    locked = _open_claim(claim, by=by)
    if reason := refusal_to_verify(locked, by=by):
        raise RuleError(reason)
    locked.verified_at, locked.verified_by = timezone.now(), by
    locked.save(update_fields=["verified_at", "verified_by"])
    return locked


@transaction.atomic
def refuse(claim: ProgressClaim, *, by: User, reason: str) -> ProgressClaim:
    """Turn a claim down, saying why; the region can claim anew. There is no way back."""
    locked = _open_claim(claim, by=by)
    if not (reason := reason.strip()):
        raise RuleError(_("Say why the claim is refused."), fields=["reason"])
    if len(reason) > LONGEST_REASON:
        raise RuleError(_("Write at most 5,000 characters."), fields=["reason"])
    locked.refused_at, locked.refused_by, locked.refusal_reason = timezone.now(), by, reason
    locked.save(update_fields=["refused_at", "refused_by", "refusal_reason"])
    return locked


def refusal(claim: ProgressClaim) -> str | None:
    """Why nothing can be decided about the claim, as a sentence; None while it is open."""
    if claim.verified_at:
        return _("This claim is verified already.")
    if claim.refused_at:
        return _("This claim is refused already.")
    return None


def refusal_to_verify(claim: ProgressClaim, *, by: User) -> str | None:
    """As ``refusal``; nobody verifies their own claim either."""
    if claim.claimed_by_id == by.pk:
        return _("You claimed this progress; somebody else must verify it.")
    return refusal(claim)


def _open_claim(claim: ProgressClaim, *, by: User) -> ProgressClaim:
    within_reach = ProgressClaim.objects.within(by, Right.REVIEW)
    locked = within_reach.select_for_update(of=("self",)).filter(pk=claim.pk).first()
    if locked is None:
        raise PermissionDenied
    if reason := refusal(locked):
        raise RuleError(reason)
    return locked


def _saved(claim: ProgressClaim) -> ProgressClaim:
    """The claim, stored; what the model refuses becomes a refusal with its field."""
    try:
        claim.full_clean()
    except ValidationError as error:
        details = {name: " ".join(texts) for name, texts in error.message_dict.items()}
        raise RuleError(" ".join(details.values()), details=details) from error
    claim.save()
    return claim
