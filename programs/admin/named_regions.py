"""Doing something for many regions by name: type them, look at every row, confirm.

What is done, to which event or cohort, the pages built on this one say.
"""

from collections import defaultdict

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regencies.domain.resolving import Resolver, UnknownNameError
from regencies.errors import RuleError
from regencies.models import Regency

MOST_ROWS = 600  # every region of the country fits
LONGEST_LIST = 60_000  # characters


class RegionsForm(forms.Form):
    """Regions by name, line by line; after validation ``regencies`` are those meant."""

    nobody = gettext_lazy("Name at least one region.")

    names = forms.CharField(
        label=gettext_lazy("Regions by name or code"),
        required=False,
        max_length=LONGEST_LIST,
        help_text=gettext_lazy(
            "One per line, in any spelling, for example: Kab. Grobogan, Pemkot Solo, 33.15."
        ),
        widget=forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField"}),
    )

    def others(self):
        """Regions meant without being named, for a form that has a field for them."""
        return []

    def clean_names(self):
        """What was typed stays as typed; the regions it means are kept beside it."""
        text = self.cleaned_data["names"]
        self.named, problems = _resolved(text)
        if problems:
            raise forms.ValidationError(problems)
        return text

    def clean(self):
        named = getattr(self, "named", [])
        found = {regency.pk: regency for regency in [*self.others(), *named]}
        self.regencies = sorted(found.values(), key=lambda regency: regency.code)
        if not self.errors and not found:
            raise forms.ValidationError(self.nobody)
        if len(found) > MOST_ROWS:
            raise forms.ValidationError(_too_many())
        return self.cleaned_data


class ShownForm(forms.Form):
    """The regions that the preview listed: something is done for these, and no others."""

    rows = forms.ModelMultipleChoiceField(Regency.objects.all(), widget=forms.MultipleHiddenInput)


def walk(request, form, *, preview, confirm):
    """Which page comes next, "ask", "preview" or "done", and what it shows.

    ``preview(form)`` and ``confirm(form, regencies)`` give a page its context.
    """
    if request.method != "POST" or not form.is_valid() or "_edit" in request.POST:
        return "ask", {}
    shown = ShownForm(request.POST)
    if "_confirm" not in request.POST or not shown.is_valid():
        return "preview", preview(form)
    regencies = shown.cleaned_data["rows"].select_related("province").order_by("code")
    return "done", confirm(form, regencies)


def _too_many():
    return _("At most %(most)s regions go through at once.") % {"most": MOST_ROWS}


def _resolved(text):
    """The regions named line by line, and what is wrong: a sentence for every line that names
    several, and one for all that name none."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        return [], []
    if len(lines) > MOST_ROWS:
        return [], [_too_many()]
    resolver, found, problems, unknown = Resolver.from_database(), [], [], defaultdict(list)
    for number, line in lines:
        try:
            found.append(resolver.resolve(line))
        except UnknownNameError as refusal:
            advice = refusal.advice if refusal.close else ""
            unknown[f"“{refusal.text}”", advice].append(str(number))
        except RuleError as refusal:
            words = {"number": number, "refusal": refusal}
            problems.append(_("Line %(number)s: %(refusal)s") % words)
    return found, problems + _nobody_called(unknown)


def _nobody_called(unknown):
    """One sentence for all names that nobody has, each with its lines and what is like it."""
    if not unknown:
        return []
    told = [
        _("line %(numbers)s: %(name)s") % {"numbers": ", ".join(numbers), "name": name}
        + (f" ({advice})" if advice else "")
        for (name, advice), numbers in unknown.items()
    ]
    text = _("No regency, city or province has these names. Correct them or enter the code: %s.")
    return [text % "; ".join(told)]
