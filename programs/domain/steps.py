"""Which step is open to whom, from which status: the table behind every workflow verb."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from programs.models import BimtekStage, Publication, StageStatus
from programs.models.bimtek import OPEN
from programs.models.participation import ParticipationStatus
from regencies.access import Right
from regencies.errors import RuleError
from regencies.models import User


@dataclass(frozen=True)
class Step:
    """A verb, the right it needs, and the statuses it starts from."""

    verb: str
    right: Right
    sources: Collection[str]


EDIT = Step("edit", Right.EDIT, OPEN)
SUBMIT = Step("submit", Right.SUBMIT, OPEN)
WITHDRAW = Step("withdraw", Right.SUBMIT, (StageStatus.SUBMITTED,))
RETURN = Step("return", Right.REVIEW, (StageStatus.SUBMITTED,))
VERIFY = Step("verify", Right.REVIEW, (StageStatus.SUBMITTED,))
PUBLISH = Step("publish", Right.REVIEW, (StageStatus.VERIFIED,))
UNPUBLISH = Step("unpublish", Right.REVIEW, (StageStatus.VERIFIED,))
STEPS = (EDIT, SUBMIT, WITHDRAW, RETURN, VERIFY, PUBLISH, UNPUBLISH)


def steps_open_to(user: User, stage: BimtekStage) -> list[str]:
    """The verbs to offer ``user`` for ``stage``: which buttons a page shows."""
    active = stage.participation.status == ParticipationStatus.ACTIVE
    return [
        step.verb
        for step in STEPS
        if active
        and stage.status in step.sources
        and _fits_publication(step, stage)
        and BimtekStage.objects.within(user, step.right).contains(stage)
        and not (step is VERIFY and stage.submitted_by_id == user.pk)
    ]


def claim(step: Step, stage: BimtekStage, *, by: User) -> BimtekStage:
    """Lock the stage and check that ``by`` may take ``step`` on it now.

    Raises ``PermissionDenied`` out of reach, ``RuleError`` when the status forbids the step.
    """
    within_reach = BimtekStage.objects.within(by, step.right).with_place()
    locked = within_reach.select_for_update(of=("self",)).filter(pk=stage.pk).first()
    if locked is None:
        raise PermissionDenied
    if locked.participation.status != ParticipationStatus.ACTIVE:
        raise RuleError(_("This region no longer takes part in the cohort."))
    if locked.status not in step.sources:
        raise RuleError(
            _("This step is not open to a stage with the status “%(status)s”.")
            % {"status": locked.get_status_display()}
        )
    return locked


def _fits_publication(step: Step, stage: BimtekStage) -> bool:
    if step is PUBLISH:
        return stage.publication == Publication.INTERNAL
    if step is UNPUBLISH:
        return stage.publication == Publication.PUBLIC
    return True
