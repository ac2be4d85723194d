"""How the ministry decides about candidates: what each page asks, shows and then does."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.admin.marks import BAD, mark
from programs.domain import candidacies, participations
from programs.models.candidacy import Decision, Progress
from regencies.access import Right
from regencies.admin.deeds import AnswerForm, Deed, row_by_row, words_field

TAGS = {
    Decision.SELECTED: "verified",
    Decision.RESERVE: "submitted",
    Decision.NOT_SELECTED: "returned",
    Decision.STRUCK_OFF: "late",
}


LONGEST_REASON = 5000  # characters


class DecideForm(AnswerForm):
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("", "---------"), *((d.value, d.label) for d in candidacies.OPEN_DECISIONS)],
        error_messages={"required": gettext_lazy("Choose selected, reserve or not selected.")},
        help_text=gettext_lazy("It is staged; the regions learn of it when it is released."),
    )
    reason = words_field(
        gettext_lazy("Reason"),
        rows=4,
        required=False,
        help_text=gettext_lazy("May stay empty. The region reads it."),
        max_length=LONGEST_REASON,
    )


class StrikeOffForm(AnswerForm):
    reason = words_field(
        gettext_lazy("Reason"),
        missing=gettext_lazy("Say why the region is struck off."),
        rows=4,
        max_length=LONGEST_REASON,
    )


def decision_tag(candidacy):
    """The decision in words, shape and colour; a staged one says so."""
    if not candidacy.decision:
        return "–"
    shown = mark(TAGS[candidacy.decision], candidacy.get_decision_display())
    return shown if candidacy.released_at else format_html("{} {}", shown, _("(not released)"))


def _progress(row):
    """How far the candidate came; that nobody assessed it yet is said before it is decided."""
    if row.progress != Progress.INVITED:
        return row.get_progress_display()
    return format_html("{} {}", row.get_progress_display(), mark(BAD, _("Never assessed")))


FACTS = [
    (gettext_lazy("progress"), _progress),
    (gettext_lazy("decision"), decision_tag),
    (gettext_lazy("reason"), lambda row: row.reason or "–"),
]


def _deed(refusal, **words):
    return Deed(
        right=Right.REVIEW,
        refusals=row_by_row(refusal),
        facts=FACTS,
        stamp=candidacies.stamp,
        **words,
    )


DECIDE = _deed(
    candidacies.refusal_to_decide,
    verb="decide",
    do=candidacies.decide,
    title=gettext_lazy("Decide about candidates"),
    question=gettext_lazy("Until it is released a decision can be changed."),
    button=gettext_lazy("Stage the decision"),
    done=gettext_lazy("Decided"),
    offer=gettext_lazy("Decide…"),
    form=DecideForm,
)
RELEASE = _deed(
    candidacies.refusal_to_release,
    verb="release",
    do=candidacies.release,
    title=gettext_lazy("Release the decisions"),
    question=gettext_lazy(
        "The regions then see what was decided, all at the same moment. There is no way back; "
        "only striking off may follow."
    ),
    button=gettext_lazy("Release"),
    done=gettext_lazy("Released"),
    offer=gettext_lazy("Release the decisions…"),
    together=True,
    afterwards=[
        (
            gettext_lazy("Selected candidates whose decision is released"),
            "decision__exact=selected&released=yes",
        )
    ],
)
ADMIT = Deed(
    verb="admit",
    right=Right.REVIEW,
    do=participations.admit,
    refusals=lambda rows, by: participations.refusals_to_admit(rows),
    title=gettext_lazy("Make candidates participants"),
    question=gettext_lazy(
        "Each region then takes part in the cohort of its candidacy. Its stages are opened from"
        " the page of the cohort."
    ),
    button=gettext_lazy("Make participants"),
    done=gettext_lazy("Takes part"),
    facts=FACTS,
    together=True,
)
STRIKE_OFF = _deed(
    candidacies.refusal_to_strike_off,
    verb="strike_off",
    do=candidacies.strike_off,
    title=gettext_lazy("Strike off candidates"),
    question=gettext_lazy(
        "A region that is struck off stays so. Where a decision was released"
        " already, the region sees this at once."
    ),
    button=gettext_lazy("Strike off"),
    done=gettext_lazy("Struck off"),
    form=StrikeOffForm,
)
CANDIDACY_DEEDS = [DECIDE, RELEASE, ADMIT, STRIKE_OFF]
