"""What a stage still lacks before it can be submitted: one list for refusal and checklist."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from programs.models import BimtekStage, Mode, Output, Session


@dataclass(frozen=True)
class Gap:
    """One thing to do: the field it concerns and a sentence that says what to do."""

    field: str
    text: str


def gaps(stage: BimtekStage) -> list[Gap]:
    """Everything missing, in the order of the page; empty means ready to submit."""
    session = stage.sessions.first() or Session(stage=stage)
    return _session_gaps(session) + [
        Gap(f"output-{output.requirement.slug}", _("Upload “%s”.") % output.requirement.title)
        for output in outputs_with_versions(stage)
        if output.requirement.is_mandatory and output.latest is None
    ]


def outputs_with_versions(stage: BimtekStage) -> list[Output]:
    """The stage's outputs with requirement and versions, in two queries."""
    return list(
        stage.outputs.select_related("requirement").prefetch_related("versions__uploaded_by")
    )


def _session_gaps(session: Session) -> list[Gap]:
    found = []
    last_day = session.ends_on or session.starts_on
    if session.starts_on is None:
        found.append(Gap("starts_on", _("Enter the day the Bimtek began.")))
    elif last_day and last_day > timezone.localdate():
        found.append(Gap("starts_on", _("The Bimtek is not over yet; submit it afterwards.")))
    if not session.mode:
        found.append(Gap("mode", _("Choose how the Bimtek was held.")))
    if not session.venue and session.mode != Mode.ONLINE:
        found.append(Gap("venue", _("Enter the place.")))
    if not session.attendance:
        found.append(Gap("council_count", _("Enter how many people attended.")))
    return found
