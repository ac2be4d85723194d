from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from regencies.domain.tokens import LONGEST_NAME
from regencies.models import TokenScope

SCOPES = [(TokenScope.READ, _("Read only")), (TokenScope.WRITE, _("Read and write"))]
DAYS = [(days, format_lazy("{} {}", days, _("days"))) for days in (30, 90, 180, 365)]


class TokenForm(forms.Form):
    """What a new API token is for, what it may do, and how long it lasts."""

    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        help_text=_("What it is for, for example: dashboard of Bappeda."),
        error_messages={"required": _("Enter what the token is for.")},
    )
    scope = forms.ChoiceField(
        label=_("What the token may do"),
        choices=SCOPES,
        initial=TokenScope.READ,
        widget=forms.RadioSelect,
        help_text=_("It can never do more than you can."),
        error_messages={"required": _("Choose what the token may do.")},
    )
    days = forms.TypedChoiceField(
        label=_("Valid for"),
        choices=DAYS,
        coerce=int,
        initial=30,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how long the token is valid.")},
    )
