"""Deciding about claims of progress: verify, refuse, and how a claim is shown."""

from functools import partial

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.admin.marks import mark
from programs.admin.of_plan import whose
from programs.domain import claims
from regencies.access import Right
from regencies.admin.deeds import AnswerForm, Deed, row_by_row, words_field


class RefusalForm(AnswerForm):
    reason = words_field(
        gettext_lazy("Reason"),
        missing=gettext_lazy("Say why the claim is refused."),
        help_text=gettext_lazy("What speaks against it. The region's officers read these words."),
        max_length=claims.LONGEST_REASON,
    )


def decision_tag(claim):
    """Awaiting, verified or refused, in words, shape and colour."""
    if claim.verified_at:
        return mark("verified", _("Verified"))
    if claim.refused_at:
        return mark("returned", _("Refused"))
    return mark("submitted", _("Awaiting a decision"))


def claim_lines(initiative):
    """The claims of an initiative, newest first, each with what was decided about it."""
    rows = initiative.claims.select_related("claimed_by")
    lines = format_html_join("", "<li>{}</li>", ((_line(claim),) for claim in rows))
    return format_html('<ul class="portal-plain">{}</ul>', lines) if lines else _("None yet.")


def _line(claim):
    return format_html(
        '<a href="{}">{}</a> {} {}',
        reverse("admin:programs_progressclaim_change", args=[claim.pk]),
        _("%(percent)s%% on %(day)s, by %(who)s")
        % {
            "percent": claim.percent,
            "day": date_format(claim.as_of, "j M Y"),
            "who": claim.claimed_by,
        },
        decision_tag(claim),
        claim.refusal_reason,
    )


FACTS = [
    (gettext_lazy("region"), lambda claim: whose(claim.initiative.masterplan)),
    (gettext_lazy("as of"), lambda claim: date_format(claim.as_of, "j M Y")),
    (gettext_lazy("claimed by"), lambda claim: claim.claimed_by),
    (gettext_lazy("evidence"), lambda claim: claim.evidence or "–"),
]
VERIFY = Deed(
    verb="verify",
    right=Right.REVIEW,
    do=claims.verify,
    title=gettext_lazy("Verify claims"),
    question=gettext_lazy("What is verified counts as true from now on. There is no way back."),
    button=gettext_lazy("Verify"),
    done=gettext_lazy("Verified"),
    refusals=lambda rows, by: row_by_row(partial(claims.refusal_to_verify, by=by))(rows, by),
    facts=FACTS,
)
REFUSE = Deed(
    verb="refuse",
    right=Right.REVIEW,
    do=claims.refuse,
    title=gettext_lazy("Refuse claims"),
    question=gettext_lazy("The region can claim anew. Every claim chosen gets the same words."),
    button=gettext_lazy("Refuse"),
    done=gettext_lazy("Refused"),
    offer=gettext_lazy("Refuse with a reason…"),
    refusals=row_by_row(claims.refusal),
    form=RefusalForm,
    facts=FACTS,
)
CLAIM_DEEDS = [VERIFY, REFUSE]
