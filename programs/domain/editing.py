"""Changing what a stage says while it is in the region's hands."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from programs.domain import revisions, steps
from programs.domain.gaps import first_session
from programs.domain.revisions import STAGE_FIELDS
from programs.domain.snapshots import SESSION_FIELDS
from programs.models import BimtekStage, Session
from regencies.errors import StaleError
from regencies.models import User

EDITABLE = frozenset((*STAGE_FIELDS, *SESSION_FIELDS))


@transaction.atomic
def edit(stage: BimtekStage, *, by: User, revision: int, **fields: Any) -> BimtekStage:
    """Save a draft, complete or not; ``revision`` is the one the person was looking at.

    Fields that the person left as they were shown keep what somebody else saved meanwhile.
    Raises ``StaleError`` with the stored values where both changed the same field,
    ``django.core.exceptions.ValidationError`` for values the model refuses, and
    ``PermissionDenied`` or ``RuleError`` as every verb does.
    """
    if unknown := fields.keys() - EDITABLE:
        raise ValueError(f"not editable: {sorted(unknown)}")
    stage = steps.claim(steps.EDIT, stage, by=by)
    session = first_session(stage)
    stored = revisions.values(stage, session)
    mine = {name: value for name, value in fields.items() if stored[name] != value}
    if mine and revision != stage.revision:
        shown = revisions.values_at(stage, session, revision)
        mine = {name: value for name, value in mine.items() if shown[name] != value}
        _refuse_clash(stage, mine, stored=stored, shown=shown)
    return _write(stage, session, mine) if mine else stage


def values(stage: BimtekStage) -> dict[str, Any]:
    """What an edit page shows: the editable fields of the stage and its first session."""
    return revisions.values(stage, first_session(stage))


def _refuse_clash(
    stage: BimtekStage, mine: dict[str, Any], *, stored: dict[str, Any], shown: dict[str, Any]
) -> None:
    both = [name for name in mine if stored[name] != shown[name]]
    if both:
        raise StaleError(
            _("Somebody else saved this stage after you opened it. Nothing is lost: compare."),
            current={name: stored[name] for name in both},
            merged=stored | mine,
            revision=stage.revision,
        )


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
