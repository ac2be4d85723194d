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
    """A verb, the right it needs, and the statuses and publication it starts from."""

    verb: str
    right: Right
    sources: Collection[str]
    publication: str | None = None


EDIT = Step("edit", Right.EDIT, OPEN)
SUBMIT = Step("submit", Right.SUBMIT, OPEN)
WITHDRAW = Step("withdraw", Right.SUBMIT, (StageStatus.SUBMITTED,))
RETURN = Step("return", Right.REVIEW, (StageStatus.SUBMITTED,))
VERIFY = Step("verify", Right.REVIEW, (StageStatus.SUBMITTED,))
PUBLISH = Step("publish", Right.REVIEW, (StageStatus.VERIFIED,), Publication.INTERNAL)
UNPUBLISH = Step("unpublish", Right.REVIEW, (StageStatus.VERIFIED,), Publication.PUBLIC)
STEPS = (EDIT, SUBMIT, WITHDRAW, RETURN, VERIFY, PUBLISH, UNPUBLISH)


def holds_right(user: User, step: Step, stage: BimtekStage) -> bool:
    """Whether the step is this person's to take on this stage, whatever its status."""
    return BimtekStage.objects.within(user, step.right).contains(stage)


def refusal(step: Step, stage: BimtekStage, *, by: User) -> str | None:
    """Why the stage as it stands refuses the step, as a sentence; None when it is open.

    The right is another question (``holds_right``). ``stage`` is loaded ``with_place``.
    """
    is_active = stage.participation.status == ParticipationStatus.ACTIVE
    if not is_active and step is not UNPUBLISH:  # what is public can always be taken back
        return _("This region no longer takes part in the cohort.")
    if stage.status not in step.sources:
        return _("This step is not open to a stage with the status “%(status)s”.") % {
            "status": stage.get_status_display()
        }
    if step is PUBLISH and stage.participation.cohort.is_example:
        return _("Example data is never published.")
    if step.publication and stage.publication != step.publication:
        already_public = stage.publication == Publication.PUBLIC
        return _("It is public already.") if already_public else _("It is not public.")
    if step is VERIFY and stage.submitted_by_id == by.pk:
        return _("You submitted this stage; somebody else must verify it.")
    return None


def steps_open_to(user: User, stage: BimtekStage) -> list[str]:
    """The verbs to offer ``user`` for ``stage``: which buttons a page shows."""
    return [
        step.verb
        for step in STEPS
        if refusal(step, stage, by=user) is None and holds_right(user, step, stage)
    ]


def claim(step: Step, stage: BimtekStage, *, by: User) -> BimtekStage:
    """Lock the stage and check that ``by`` may take ``step`` on it now.

    Raises ``PermissionDenied`` out of reach, ``RuleError`` when the stage refuses the step.
    """
    within_reach = BimtekStage.objects.within(by, step.right).with_place()
    locked = within_reach.select_for_update(of=("self",)).filter(pk=stage.pk).first()
    if locked is None:
        raise PermissionDenied
    if reason := refusal(step, locked, by=by):
        raise RuleError(reason)
    return locked
