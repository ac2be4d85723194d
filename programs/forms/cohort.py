"""The guided path to next year's cohort: its first page, and the quick edits of the second."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.models import Cohort


class NextCohortForm(forms.ModelForm):
    """The facts of a new cohort, and the one whose definitions it starts from."""

    copied_from = forms.ModelChoiceField(
        Cohort.objects.all(),
        label=_("copy the definitions of"),
        required=False,
        empty_label=_("No cohort: I define everything myself"),
        help_text=_("Stages, required outputs, books and criteria; you can change all of them."),
    )

    class Meta:
        model = Cohort
        fields = ["program", "year", "phase", "official_size"]

    def __init__(self, data=None):
        cohorts = Cohort.objects.real().select_related("program")
        newest = cohorts.order_by("year").last()
        initial = {}
        if newest:
            initial = {"program": newest.program, "year": newest.year + 1, "copied_from": newest}
        super().__init__(data, initial=initial)
        self.fields["copied_from"].queryset = cohorts.order_by("-year")
        self.fields["phase"].help_text = _("As the ministry calls it, for example: %s") % (
            newest.phase if newest else "GM100SC tahap I"
        )

    def clean(self):
        """The web address follows from the year, so that the two cannot drift apart."""
        data = super().clean()
        if data.get("year") and data.get("program"):
            taken = Cohort.objects.filter(slug=str(data["year"])).exclude(program=data["program"])
            prefix = f"{data['program'].slug}-" if taken.exists() else ""
            self.instance.slug = f"{prefix}{data['year']}"
        return data


class PublishForm(forms.Form):
    """Yes, and a word of its own where stages have no due date: they never get one then."""

    def __init__(self, data=None, *, undated):
        super().__init__(data)
        if undated:
            self.fields["without_dates"] = forms.BooleanField(
                label=_("These stages are to have no due date"),
                error_messages={"required": _("Tick this, or go back and enter the dates.")},
            )


class TimetableForm(forms.Form):
    """Due dates of the stages and weights of the criteria, all on one page."""

    def __init__(self, data=None, *, stages, criteria):
        super().__init__(data)
        for stage in stages:
            self.fields[f"due-{stage.pk}"] = forms.DateField(
                label=_("Due date of %s") % stage,
                required=False,
                initial=stage.due_on,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                error_messages={"invalid": _("Enter a date, for example 2027-05-10.")},
            )
        for criterion in criteria:
            self.fields[f"weight-{criterion.pk}"] = forms.DecimalField(
                label=_("Weight of %s") % criterion,
                required=False,
                initial=criterion.weight,
                min_value=0,
                max_value=100,
                max_digits=5,
                decimal_places=2,
                error_messages={
                    "invalid": _("Enter a number from 0 to 100."),
                    "min_value": _("Enter a number from 0 to 100."),
                    "max_value": _("Enter a number from 0 to 100."),
                },
            )

    def values_of(self, kind):
        """What was entered for ``due`` or ``weight``, by the row's id."""
        return {
            int(name.partition("-")[2]): value
            for name, value in self.cleaned_data.items()
            if name.startswith(f"{kind}-")
        }
