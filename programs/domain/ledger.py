"""The ledger's only writer."""

from django.db import connection
from django.utils import timezone

from programs.models import BimtekStage, StageVersion, Transition
from programs.models.transition import Verb
from regencies import audit
from regencies.access import Right, acting_role
from regencies.models import User


def record(
    verb: Verb,
    stage: BimtekStage,
    *,
    by: User,
    right: Right,
    to_status: str,
    reason: str = "",
    version: StageVersion | None = None,
) -> Transition:
    """Write the line of a deed that is about to change ``stage``, in the deed's own transaction.

    Raises ``RuntimeError`` outside a transaction: deed and line stand or fall together.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a ledger line is written in the transaction of its deed")
    return Transition.objects.create(
        stage=stage,
        stage_name=str(stage),
        version=version,
        verb=verb,
        from_status=stage.status,
        to_status=to_status,
        reason=reason,
        actor=by,
        actor_name=str(by),
        acting_role=acting_role(by, right),
        channel=audit.channel(),
        request_id=audit.request_id(),
        at=timezone.now(),
    )
