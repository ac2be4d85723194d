"""The life of a Bimtek stage: draft -> submitted -> verified, or back for repair.

These functions are the only writers of a status. Each locks the stage, checks the
person's right on the stored row, writes its ledger line and the new state in one
transaction, and returns the fresh row (the caller's copy is stale afterwards).
All raise ``PermissionDenied`` out of reach and ``RuleError`` when a rule refuses.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from programs.domain import ledger, snapshots, steps
from programs.domain.gaps import gaps
from programs.domain.steps import Step
from programs.models import BimtekStage, Publication, StageStatus, StageVersion
from programs.models.transition import Verb
from regencies.errors import RuleError
from regencies.models import User

LONGEST_REASON = 5000  # characters


@transaction.atomic
def submit(stage: BimtekStage, *, by: User) -> BimtekStage:
    """Hand a complete stage to the ministry and freeze what it says, in stage order."""
    stage = steps.claim(steps.SUBMIT, stage, by=by)
    if missing := gaps(stage):
        raise RuleError(
            _("Complete the stage before submitting it."),
            code="incomplete",
            details={gap.field: gap.text for gap in missing},
        )
    version = snapshots.freeze(stage, by=by)
    return _settle(
        steps.SUBMIT,
        stage,
        by=by,
        version=version,
        status=StageStatus.SUBMITTED,
        submitted_at=version.submitted_at,
        submitted_by=by,
    )


@transaction.atomic
def withdraw(stage: BimtekStage, *, by: User) -> BimtekStage:
    """Take a stage back before the ministry has decided; it is again what it was before."""
    stage = steps.claim(steps.WITHDRAW, stage, by=by)
    submission = stage.transitions.filter(verb=Verb.SUBMIT).latest("pk")
    return _settle(
        steps.WITHDRAW,
        stage,
        by=by,
        version=submission.version,
        status=submission.from_status,
        submitted_at=None,
        submitted_by=None,
    )


@transaction.atomic
def return_for_repair(
    stage: BimtekStage, *, by: User, reason: str, version: int | None = None
) -> BimtekStage:
    """Send a submitted stage back to its region, saying what to repair.

    ``version``: the number of the submission the reviewer read, as in ``verify``.
    """
    stage = steps.claim(steps.RETURN, stage, by=by)
    read = _version_read(stage, version)
    if not (reason := reason.strip()):
        raise RuleError(_("Say why the stage is returned."), fields=["reason"])
    if len(reason) > LONGEST_REASON:
        raise RuleError(_("Write at most 5,000 characters."), fields=["reason"])
    return _settle(
        steps.RETURN,
        stage,
        by=by,
        reason=reason,
        version=read,
        status=StageStatus.RETURNED,
        return_reason=reason,
        submitted_at=None,
        submitted_by=None,
    )


@transaction.atomic
def verify(stage: BimtekStage, *, by: User, version: int | None = None) -> BimtekStage:
    """Accept a submitted stage. There is no way back, and nobody verifies their own.

    ``version`` is the number of the submission the reviewer read: another one, submitted
    meanwhile, is refused.
    """
    stage = steps.claim(steps.VERIFY, stage, by=by)
    read = _version_read(stage, version)
    return _settle(
        steps.VERIFY,
        stage,
        by=by,
        version=read,
        status=StageStatus.VERIFIED,
        return_reason="",
        verified_at=timezone.now(),
        verified_by=by,
    )


@transaction.atomic
def publish(stage: BimtekStage, *, by: User) -> BimtekStage:
    """Put a verified stage on the public pages and the public API."""
    stage = steps.claim(steps.PUBLISH, stage, by=by)
    return _settle(steps.PUBLISH, stage, by=by, publication=Publication.PUBLIC)


@transaction.atomic
def unpublish(stage: BimtekStage, *, by: User) -> BimtekStage:
    """Take a verified stage off the public pages; its verification stays."""
    stage = steps.claim(steps.UNPUBLISH, stage, by=by)
    return _settle(steps.UNPUBLISH, stage, by=by, publication=Publication.INTERNAL)


def _version_read(stage: BimtekStage, number: int | None) -> StageVersion | None:
    """The submission under review, if it is the one the reviewer read."""
    latest = latest_version(stage)
    if latest and number is not None and number != latest.number:
        raise RuleError(
            _("The region submitted version %s after you opened this page. Read it, then decide.")
            % latest.number,
            code="new_version",
        )
    return latest


def latest_version(stage: BimtekStage) -> StageVersion | None:
    """The version the stage was last submitted with."""
    return stage.versions.order_by("-number").first()


def _settle(
    step: Step,
    stage: BimtekStage,
    *,
    by: User,
    reason: str = "",
    version: StageVersion | None = None,
    **changes: Any,
) -> BimtekStage:
    """Write the ledger line and the new state together; the line first, the database checks it."""
    ledger.record(
        Verb(step.verb),
        stage,
        by=by,
        right=step.right,
        to_status=changes.get("status", stage.status),
        reason=reason,
        version=version,
    )
    changes["revision"] = stage.revision + 1
    for name, value in changes.items():
        setattr(stage, name, value)
    stage.save(update_fields=list(changes))
    return stage
