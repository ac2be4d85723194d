"""Opening a cohort's stages: what is owed exists before the work begins."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from programs.models import (
    BimtekStage,
    Cohort,
    Output,
    Participation,
    Requirement,
)
from programs.models.participation import ParticipationStatus
from regencies.access import Right, holds
from regencies.errors import RuleError
from regencies.models import User


@dataclass(frozen=True)
class Opened:
    """How many rows an opening added; a second run adds none."""

    stages: int
    outputs: int


@transaction.atomic
def open_stages(cohort: Cohort, *, by: User | None) -> Opened:
    """Write one stage per active participant and definition, its due date frozen, and its outputs.

    ``by`` is None for a command run on the server, which loads cohorts of the past. Safe to
    repeat: a participant who joins late gets what is missing. Raises ``PermissionDenied``
    without the right to manage, ``RuleError`` while the definitions may still change.
    """
    if by is not None and not holds(by, Right.MANAGE):
        raise PermissionDenied
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if by is not None and not cohort.definitions_published_at:
        raise RuleError(_("Publish the definitions first; then open the stages."))
    stages = _open_stages(cohort)
    return Opened(stages=stages, outputs=_open_outputs(cohort))


def _open_stages(cohort: Cohort) -> int:
    definitions = list(cohort.stage_definitions.all())
    participants = Participation.objects.filter(cohort=cohort, status=ParticipationStatus.ACTIVE)
    there = set(
        BimtekStage.objects.filter(participation__cohort=cohort).values_list(
            "participation_id", "definition_id"
        )
    )
    new = [
        BimtekStage(participation=participant, definition=definition, due_on=definition.due_on)
        for participant in participants
        for definition in definitions
        if (participant.pk, definition.pk) not in there
    ]
    return len(BimtekStage.objects.bulk_create(new))


def _open_outputs(cohort: Cohort) -> int:
    requirements: dict[int, list[Requirement]] = {}
    for requirement in Requirement.objects.filter(definition__cohort=cohort):
        requirements.setdefault(requirement.definition_id, []).append(requirement)
    # What is submitted, verified or withdrawn keeps the outputs it was asked for.
    stages = BimtekStage.objects.owed().filter(participation__cohort=cohort)
    there = set(Output.objects.filter(stage__in=stages).values_list("stage_id", "requirement_id"))
    new = [
        Output(stage=stage, requirement=requirement)
        for stage in stages
        for requirement in requirements.get(stage.definition_id, [])
        if (stage.pk, requirement.pk) not in there
    ]
    return len(Output.objects.bulk_create(new))
