"""Moving the state of initiatives from list or page: start, finish, stop, resume."""

from functools import partial

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from programs.admin.of_plan import whose
from programs.admin.row_steps import RowDeed, each
from programs.domain import initiatives

DAYS = ["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y"]
LOOKS = {"planned": "draft", "running": "submitted", "done": "verified", "stopped": "late"}


class StopForm(forms.Form):
    on = forms.DateField(
        label=_("Stopped on"),
        input_formats=DAYS,
        help_text=_("Day, month and year, for example: 17/03/2020."),
        error_messages={
            "required": _("Enter the day."),
            "invalid": _("Write the day as 17/03/2020."),
        },
        widget=forms.DateInput(attrs={"class": "vDateField", "size": 10}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Why the region gave it up. Shown wherever the initiative is."),
        error_messages={"required": _("Say why the initiative was stopped.")},
        max_length=initiatives.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
    )

    def clean_on(self):
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError(_("Enter a day that is not in the future."))
        return self.cleaned_data["on"]


def state_tag(initiative):
    """The state in words, shape and colour."""
    return format_html(
        '<strong class="portal-tag portal-tag--{}">{}</strong>',
        LOOKS[initiative.state],
        initiative.get_state_display(),
    )


def state_told(initiative):
    """The state and, of a stopped one, since when and why."""
    tag = state_tag(initiative)
    if not initiative.stopped_on:
        return tag
    day = date_format(initiative.stopped_on, "j M Y")
    return format_html("{} {}: {}", tag, day, initiative.stopped_reason)


def _refusals(sources, rows):
    found = {row.pk: initiatives.refusal(row, sources) for row in rows}
    return {pk: words for pk, words in found.items() if words}


COLUMNS = [
    (_("region"), lambda initiative: whose(initiative.masterplan)),
    (_("state"), state_told),
]
STEPS = {
    deed.action: (deed, sources)
    for deed, sources in (
        (
            RowDeed(
                action="start",
                take=each(initiatives.start, _("Running")),
                title=_("Begin initiatives"),
                question=_("The work has begun."),
                button=_("Begin"),
                refusals=partial(_refusals, initiatives.STARTS_FROM),
                columns=COLUMNS,
            ),
            initiatives.STARTS_FROM,
        ),
        (
            RowDeed(
                action="finish",
                take=each(initiatives.finish, _("Done")),
                title=_("Finish initiatives"),
                question=_("The work is done. How far it is counts only by verified claims."),
                button=_("Finish"),
                refusals=partial(_refusals, initiatives.FINISHES_FROM),
                columns=COLUMNS,
            ),
            initiatives.FINISHES_FROM,
        ),
        (
            RowDeed(
                action="stop",
                take=each(initiatives.stop, _("Stopped")),
                title=_("Stop initiatives"),
                question=_("A stopped initiative stays on record with day and reason."),
                button=_("Stop"),
                refusals=partial(_refusals, initiatives.STOPS_FROM),
                form=StopForm,
                columns=COLUMNS,
            ),
            initiatives.STOPS_FROM,
        ),
        (
            RowDeed(
                action="resume",
                take=each(initiatives.resume, _("Running again")),
                title=_("Resume initiatives"),
                question=_("The work goes on. The history keeps why it had stopped."),
                button=_("Resume"),
                refusals=partial(_refusals, initiatives.RESUMES_FROM),
                columns=COLUMNS,
            ),
            initiatives.RESUMES_FROM,
        ),
    )
}


def open_steps(initiative):
    """The deeds that the initiative as it stands allows: which buttons its page shows."""
    return [deed for deed, sources in STEPS.values() if initiative.state in sources]
