"""What evaluators advise, followed to its end: reports by the region, closed by the ministry.

Both verbs lock the recommendation, so nobody reports to one that is being closed.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from programs.models import Document, FollowUp, Recommendation
from regencies.access import Right, holds
from regencies.errors import RuleError
from regencies.models import User

LONGEST_TEXT = 5000  # characters


@transaction.atomic
def report(
    recommendation: Recommendation, *, by: User, text: str, evidence: Document | None = None
) -> FollowUp:
    """Add what was done about an open recommendation; it is written once.

    For the region's officers and the ministry; not for a superuser as such. Raises
    ``PermissionDenied`` out of reach and ``RuleError`` when a rule refuses.
    """
    locked = _locked(recommendation, right=_right_to_report(by), by=by)
    text = _said(text, missing=_("Write what was done."), field="text")
    if evidence and evidence.regency_id not in (None, locked.evaluation.regency_id):
        raise RuleError(_("This paper belongs to another region."), fields=["evidence"])
    return FollowUp.objects.create(
        recommendation=locked,
        text=text,
        evidence=evidence,
        reported_at=timezone.now(),
        reported_by=by,
    )


@transaction.atomic
def close(recommendation: Recommendation, *, by: User, note: str) -> Recommendation:
    """End a recommendation for good, saying why; not by who reported last."""
    locked = _locked(recommendation, right=Right.REVIEW, by=by)
    note = _said(note, missing=_("Say why the recommendation is closed."), field="note")
    last = locked.follow_ups.order_by("-pk").first()
    if last and last.reported_by_id == by.pk:
        raise RuleError(_("You reported the last follow-up; somebody else must close this."))
    locked.closed_at, locked.closed_by, locked.closing_note = timezone.now(), by, note
    locked.save(update_fields=["closed_at", "closed_by", "closing_note"])
    return locked


def refusals(recommendations: Iterable[Recommendation]) -> dict[int, str]:
    """Those that take neither report nor closing, each with the sentence why."""
    closed = (row.pk for row in recommendations if row.closed_at)
    return dict.fromkeys(closed, _("This recommendation is closed."))


def _right_to_report(by: User) -> Right:
    return Right.REVIEW if holds(by, Right.REVIEW) else Right.EDIT


def _locked(recommendation: Recommendation, *, right: Right, by: User) -> Recommendation:
    within_reach = Recommendation.objects.within(by, right).select_related("evaluation")
    found = within_reach.select_for_update(of=("self",)).filter(pk=recommendation.pk).first()
    if found is None:
        raise PermissionDenied
    if found.closed_at:
        raise RuleError(_("This recommendation is closed."))
    return found


def _said(text: str, *, missing: str, field: str) -> str:
    if not (text := text.strip()):
        raise RuleError(missing, fields=[field])
    if len(text) > LONGEST_TEXT:
        raise RuleError(_("Write at most 5,000 characters."), fields=[field])
    return text
