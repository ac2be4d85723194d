"""What a stage said at an earlier revision, read back from the row history."""

from typing import Any

from programs.domain.snapshots import SESSION_FIELDS
from programs.models import BimtekStage, Session
from regencies.domain.row_history import events_of

STAGE_FIELDS = ("notes",)


def values(stage: BimtekStage, session: Session) -> dict[str, Any]:
    """The editable fields of a stage and its session, as an edit page shows them."""
    return {name: getattr(stage, name) for name in STAGE_FIELDS} | {
        name: getattr(session, name) for name in SESSION_FIELDS
    }


def values_at(stage: BimtekStage, session: Session, revision: int) -> dict[str, Any]:
    """``values`` as they were at ``revision``: what a person who opened the form then was shown.

    An edit writes the stage (with its next revision) and then the session, so the session of a
    revision is the last one written before the stage's next revision appeared.
    """
    stages = events_of(BimtekStage).filter(pgh_obj=stage)
    shown = stages.filter(revision__lte=revision).order_by("-pgh_id").first()
    following = stages.filter(revision__gt=revision).order_by("pgh_id").first()
    sessions = events_of(Session).filter(pgh_obj_id=session.pk)
    if following:
        sessions = sessions.filter(pgh_created_at__lt=following.pgh_created_at)
    empty = Session(stage=stage)
    return values(shown or BimtekStage(), sessions.order_by("-pgh_id").first() or empty)
