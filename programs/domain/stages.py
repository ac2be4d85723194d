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
from programs.models.bimtek import OPEN
from programs.models.transition import Verb
from regencies.errors import RuleError
from regencies.models import User


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
    if _earlier(stage).filter(status__in=OPEN).exists():
        raise RuleError(_("Submit the earlier stage first."), code="order")
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
def return_for_repair(stage: BimtekStage, *, by: User, reason: str) -> BimtekStage:
    """Send a submitted stage back to its region, saying what to repair."""
    stage = steps.claim(steps.RETURN, stage, by=by)
    if not (reason := reason.strip()):
        raise RuleError(_("Say why the stage is returned."), fields=["reason"])
    return _settle(
        steps.RETURN,
        stage,
        by=by,
        reason=reason,
        version=latest_version(stage),
        status=StageStatus.RETURNED,
        return_reason=reason,
        submitted_at=None,
        submitted_by=None,
    )


@transaction.atomic
def verify(stage: BimtekStage, *, by: User) -> BimtekStage:
    """Accept a submitted stage. There is no way back, and nobody verifies their own."""
    stage = steps.claim(steps.VERIFY, stage, by=by)
    if stage.submitted_by_id == by.pk:
        raise RuleError(_("You submitted this stage; somebody else must verify it."))
    return _settle(
        steps.VERIFY,
        stage,
        by=by,
        version=latest_version(stage),
        status=StageStatus.VERIFIED,
        return_reason="",
        verified_at=timezone.now(),
        verified_by=by,
    )


@transaction.atomic
def publish(stage: BimtekStage, *, by: User) -> BimtekStage:
    """Put a verified stage on the public pages and the public API."""
    stage = steps.claim(steps.PUBLISH, stage, by=by)
    if stage.participation.cohort.is_example:
        raise RuleError(_("Example data is never published."))
    return _settle(steps.PUBLISH, stage, by=by, publication=Publication.PUBLIC)


@transaction.atomic
def unpublish(stage: BimtekStage, *, by: User) -> BimtekStage:
    """Take a verified stage off the public pages; its verification stays."""
    stage = steps.claim(steps.UNPUBLISH, stage, by=by)
    return _settle(steps.UNPUBLISH, stage, by=by, publication=Publication.INTERNAL)


def latest_version(stage: BimtekStage) -> StageVersion | None:
    """The version the stage was last submitted with."""
    return stage.versions.order_by("-number").first()


def _earlier(stage: BimtekStage) -> Any:
    return BimtekStage.objects.filter(
        participation=stage.participation, definition__number__lt=stage.definition.number
    )


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
