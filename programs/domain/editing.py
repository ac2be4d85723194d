"""Changing what a stage says while it is in the region's hands."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from programs.domain import steps
from programs.domain.snapshots import SESSION_FIELDS
from programs.models import BimtekStage, Session
from regencies.errors import StaleError
from regencies.models import User

STAGE_FIELDS = ("notes",)
EDITABLE = frozenset((*STAGE_FIELDS, *SESSION_FIELDS))


@transaction.atomic
def edit(stage: BimtekStage, *, by: User, revision: int, **fields: Any) -> BimtekStage:
    """Save a draft, complete or not; ``revision`` is the one the person was looking at.

    Raises ``StaleError`` with the stored values when somebody saved different ones since,
    ``django.core.exceptions.ValidationError`` for values the model refuses, and
    ``PermissionDenied`` or ``RuleError`` as every verb does.
    """
    if unknown := fields.keys() - EDITABLE:
        raise ValueError(f"not editable: {sorted(unknown)}")
    stage = steps.claim(steps.EDIT, stage, by=by)
    session = stage.sessions.first() or Session(stage=stage)
    before = values(stage, session)
    changed = {name: value for name, value in fields.items() if before[name] != value}
    if not changed:
        return stage
    if revision != stage.revision:
        raise StaleError(
            _("Somebody else saved this stage after you opened it. Nothing is lost: compare."),
            current={name: before[name] for name in changed},
            revision=stage.revision,
        )
    return _write(stage, session, changed)


def values(stage: BimtekStage, session: Session | None = None) -> dict[str, Any]:
    """What an edit page shows: the editable fields of the stage and its first session."""
    session = session or stage.sessions.first() or Session(stage=stage)
    return {name: getattr(stage, name) for name in STAGE_FIELDS} | {
        name: getattr(session, name) for name in SESSION_FIELDS
    }


def _write(stage: BimtekStage, session: Session, changed: dict[str, Any]) -> BimtekStage:
    for name, value in changed.items():
        setattr(stage if name in STAGE_FIELDS else session, name, value)
    stage.revision += 1
    stage.full_clean(validate_unique=False, validate_constraints=False)
    stage.save(update_fields=[*STAGE_FIELDS, "revision"])
    if changed.keys() - set(STAGE_FIELDS):
        session.full_clean(validate_constraints=False)  # clean() says it beside the field
        session.save()
    return stage
