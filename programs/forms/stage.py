"""What an officer fills in for a stage. Drafts may be incomplete: nothing here is required.

Limits of length, size and dates are the models' (``editing`` asks them).
"""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.models import Mode
from programs.models.session import MOST_PEOPLE
from regencies.forms.dates import DayMonthYearField

THOUSANDS = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
WHOLE_NUMBER = {
    "invalid": _("Enter a whole number, for example 24."),
    "min_value": _("Enter a number of 0 or more."),
}


class CountField(forms.IntegerField):
    """A head count: plain digits in a text box, as phones and screen readers like it."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(
            attrs={"inputmode": "numeric", "class": "govuk-input--width-4", "autocomplete": "off"}
        )
        super().__init__(
            required=False,
            min_value=0,
            validators=MOST_PEOPLE,
            widget=widget,
            error_messages=WHOLE_NUMBER,
            **kwargs,
        )

    def to_python(self, value):
        """Also as Indonesians write thousands: 1.200."""
        text = str(value or "").strip()
        return super().to_python(text.replace(".", "") if THOUSANDS.fullmatch(text) else text)


class StageForm(forms.Form):
    starts_on = DayMonthYearField(
        label=_("First day"), required=False, help_text=_("For example, 7 11 2018.")
    )
    ends_on = DayMonthYearField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave empty when the Bimtek took one day."),
    )
    mode = forms.ChoiceField(
        label=_("How it was held"), choices=Mode, required=False, widget=forms.RadioSelect
    )
    venue = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=200,
        help_text=_(
            "Building and town, for example Pendopo Kabupaten, Purwodadi. Not needed online."
        ),
    )
    council_count = CountField(label=_("From the Dewan Smart City"))
    team_count = CountField(label=_("From the Tim Pelaksana"))
    other_count = CountField(
        label=_("Others"), help_text=_("For example other agencies, subdistricts, universities.")
    )
    notes = forms.CharField(
        label=_("Notes for the ministry"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only your region and the ministry read this."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def content(self):
        """The entered values, without the bookkeeping."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, Word, Excel, PowerPoint, JPG or PNG, up to 20 MB."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose another one."),
        },
    )
    note = forms.CharField(
        label=_("Note (optional)"),
        required=False,
        max_length=300,
        help_text=_("What changed in this version."),
    )
