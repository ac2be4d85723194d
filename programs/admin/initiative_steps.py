"""Moving the state of initiatives from list or page: start, finish, stop, resume."""

from functools import partial

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from programs.admin.marks import mark
from programs.admin.of_plan import whose
from programs.domain import initiatives
from regencies.access import Right
from regencies.admin.deeds import AnswerForm, Deed, row_by_row, words_field

DAYS = ["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y"]
LOOKS = {"planned": "draft", "running": "submitted", "done": "verified", "stopped": "late"}


class StopForm(AnswerForm):
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
    reason = words_field(
        _("Reason"),
        missing=_("Say why the initiative was stopped."),
        help_text=_("Why the region gave it up. Shown wherever the initiative is."),
        max_length=initiatives.LONGEST_REASON,
    )

    def clean_on(self):
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError(_("Enter a day that is not in the future."))
        return self.cleaned_data["on"]


def state_tag(initiative):
    """The state in words, shape and colour."""
    return mark(LOOKS[initiative.state], initiative.get_state_display())


def state_told(initiative):
    """The state and, of a stopped one, since when and why."""
    tag = state_tag(initiative)
    if not initiative.stopped_on:
        return tag
    day = date_format(initiative.stopped_on, "j M Y")
    return format_html("{} {}: {}", tag, day, initiative.stopped_reason)


def _deed(sources, **words):
    return Deed(
        right=Right.REVIEW,
        refusals=row_by_row(partial(initiatives.refusal, sources=sources)),
        facts=[
            (_("region"), lambda initiative: whose(initiative.masterplan)),
            (_("state"), state_told),
        ],
        **words,
    )


INITIATIVE_DEEDS = [
    _deed(
        initiatives.STARTS_FROM,
        verb="start",
        do=initiatives.start,
        title=_("Begin initiatives"),
        question=_("The work has begun."),
        button=_("Begin"),
        done=_("Running"),
    ),
    _deed(
        initiatives.FINISHES_FROM,
        verb="finish",
        do=initiatives.finish,
        title=_("Finish initiatives"),
        question=_("The work is done. How far it is counts only by verified claims."),
        button=_("Finish"),
        done=_("Done"),
    ),
    _deed(
        initiatives.STOPS_FROM,
        verb="stop",
        do=initiatives.stop,
        title=_("Stop initiatives"),
        question=_("A stopped initiative stays on record with day and reason."),
        button=_("Stop"),
        done=_("Stopped"),
        offer=_("Stop with a reason…"),
        form=StopForm,
    ),
    _deed(
        initiatives.RESUMES_FROM,
        verb="resume",
        do=initiatives.resume,
        title=_("Resume initiatives"),
        question=_("The work goes on. The history keeps why it had stopped."),
        button=_("Resume"),
        done=_("Running again"),
    ),
]
