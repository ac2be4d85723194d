from django import forms
from django.utils.translation import gettext_lazy as _


class RegencySearchForm(forms.Form):
    q = forms.CharField(
        label=_("Find a regency or city"),
        required=False,
        max_length=100,
        help_text=_("Any spelling or code, for example Grobogan, Pangkep or 33.15."),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
