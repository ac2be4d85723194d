"""How the ministry decides about candidates: what each page asks, shows and then does."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.admin.row_steps import RowDeed
from programs.domain import candidacies
from programs.models.candidacy import Decision
from regencies.errors import RuleError

TAGS = {
    Decision.SELECTED: "verified",
    Decision.RESERVE: "submitted",
    Decision.NOT_SELECTED: "returned",
    Decision.STRUCK_OFF: "late",
}


def reason_field(**given):
    area = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})
    return forms.CharField(label=gettext_lazy("Reason"), widget=area, max_length=5000, **given)


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("", "---------"), *((d.value, d.label) for d in candidacies.OPEN_DECISIONS)],
        error_messages={"required": gettext_lazy("Choose selected, reserve or not selected.")},
        help_text=gettext_lazy("It is staged; the regions learn of it when it is released."),
    )
    reason = reason_field(
        required=False, help_text=gettext_lazy("May stay empty. The region reads it.")
    )


class StrikeOffForm(forms.Form):
    reason = reason_field(
        error_messages={"required": gettext_lazy("Say why the region is struck off.")},
        help_text=gettext_lazy("Every region chosen gets these words."),
    )


def decision_tag(candidacy):
    """The decision in words, shape and colour; a staged one says so."""
    if not candidacy.decision:
        return "–"
    tag = '<strong class="portal-tag portal-tag--{}">{}</strong>'
    shown = format_html(tag, TAGS[candidacy.decision], candidacy.get_decision_display())
    return shown if candidacy.released_at else format_html("{} {}", shown, _("(not released)"))


def refused_by(refusal):
    """The preview's sentences, by the same function that refuses the deed itself."""
    return lambda rows: {row.pk: said for row in rows if (said := refusal(row))}


def each_as_seen(do, done):
    """Row by row; what was decided meanwhile by somebody else refuses."""

    def take(rows, by, answer, seen):
        return [
            (row, *_tried(lambda row=row: do(row, by=by, seen=seen[row.pk], **answer), done))
            for row in rows
        ]

    return take


def release_as_seen(rows, by, answer, seen):
    """All at one moment or none, so every row has the same result."""
    told = _tried(lambda: candidacies.release(rows, by=by, seen=seen), _("Released"))
    return [(row, *told) for row in rows]


def _tried(act, done):
    try:
        act()
    except RuleError as refusal:
        return False, str(refusal)
    except PermissionDenied:
        return False, _("You may not take this step here.")
    return True, done


COLUMNS = [
    (gettext_lazy("progress"), lambda row: row.get_progress_display()),
    (gettext_lazy("decision"), decision_tag),
    (gettext_lazy("reason"), lambda row: row.reason or "–"),
]
DECIDE = RowDeed(
    action="decide",
    take=each_as_seen(candidacies.decide, gettext_lazy("Decided")),
    title=gettext_lazy("Decide about candidates"),
    question=gettext_lazy("Until it is released a decision can be changed."),
    button=gettext_lazy("Stage the decision"),
    refusals=refused_by(candidacies.refusal_to_decide),
    form=DecideForm,
    columns=COLUMNS,
    stamp=candidacies.stamp,
)
RELEASE = RowDeed(
    action="release",
    take=release_as_seen,
    title=gettext_lazy("Release the decisions"),
    question=gettext_lazy(
        "The regions then see what was decided, all at the same moment. There is no way back; "
        "only striking off may follow."
    ),
    button=gettext_lazy("Release"),
    refusals=refused_by(candidacies.refusal_to_release),
    columns=COLUMNS,
    stamp=candidacies.stamp,
)
STRIKE_OFF = RowDeed(
    action="strike_off",
    take=each_as_seen(candidacies.strike_off, gettext_lazy("Struck off")),
    title=gettext_lazy("Strike off candidates"),
    question=gettext_lazy(
        "A region that is struck off stays so. Where a decision was released"
        " already, the region sees this at once."
    ),
    button=gettext_lazy("Strike off"),
    refusals=refused_by(candidacies.refusal_to_strike_off),
    form=StrikeOffForm,
    columns=COLUMNS,
    stamp=candidacies.stamp,
)
