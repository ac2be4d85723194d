"""What a stage still lacks before it can be submitted: one list for refusal and checklist."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from programs.models import BimtekStage, Mode, Output, Session
from programs.models.bimtek import OPEN


@dataclass(frozen=True)
class Gap:
    """One thing to do: the field, a sentence, and the row it concerns if it is not the form."""

    field: str
    text: str
    row: Output | BimtekStage | None = None


def gaps(
    stage: BimtekStage, session: Session | None = None, outputs: list[Output] | None = None
) -> list[Gap]:
    """Everything missing, in the order of the page; empty means ready to submit.

    ``session`` and ``outputs`` spare the queries of a caller who has loaded them.
    """
    session = session or first_session(stage)
    outputs = outputs_with_versions(stage) if outputs is None else outputs
    today = stage.participation.regency.province.today
    return _session_gaps(session, today) + _output_gaps(outputs) + _order_gaps(stage)


def _output_gaps(outputs: list[Output]) -> list[Gap]:
    return [
        Gap(f"output-{wanted.slug}", _("Upload “%s”.") % wanted.title, output)
        for output in outputs
        for wanted in [output.requirement]
        if wanted.is_mandatory and output.latest is None
    ]


def _order_gaps(stage: BimtekStage) -> list[Gap]:
    """Stages are handed in in order; an earlier one may still wait for its review."""
    earlier = BimtekStage.objects.filter(
        participation=stage.participation,
        definition__number__lt=stage.definition.number,
        status__in=OPEN,
    )
    return [
        Gap("earlier-stage", _("Submit %s first.") % first.definition, first)
        for first in earlier.select_related("definition").order_by("definition__number")
    ]


def first_session(stage: BimtekStage) -> Session:
    """The session the form edits; a new one while there is none."""
    return stage.sessions.first() or Session(stage=stage)


def outputs_with_versions(stage: BimtekStage) -> list[Output]:
    """The stage's outputs with requirement and versions, in two queries."""
    return list(
        stage.outputs.select_related("requirement").prefetch_related("versions__uploaded_by")
    )


def _session_gaps(session: Session, today: dt.date) -> list[Gap]:
    found = []
    last_day = session.ends_on or session.starts_on
    if session.starts_on is None:
        found.append(Gap("starts_on", _("Enter the day the Bimtek began.")))
    elif last_day and last_day > today:
        found.append(Gap("starts_on", _("The Bimtek is not over yet; submit it afterwards.")))
    if not session.mode:
        found.append(Gap("mode", _("Choose how the Bimtek was held.")))
    if not session.venue and session.mode != Mode.ONLINE:
        found.append(Gap("venue", _("Enter the place.")))
    if not session.attendance:
        found.append(Gap("council_count", _("Enter how many people attended.")))
    return found
