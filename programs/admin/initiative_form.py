"""The form of an initiative and of what hangs on it: what a trigger would refuse is said here."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from programs.domain import initiatives, pillars
from programs.domain.masterplans import agencies
from programs.models import Initiative, Pillar, SubDimension, SupportingAgency, YearPlan
from regencies.admin.base import ScopedInline, WholeRowForm
from regencies.errors import RuleError

ROWS_OF_TEXT = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}


class PillarField(forms.ModelChoiceField):
    """One of the six, chosen or sent as any word for it."""

    def __init__(self):
        super().__init__(Pillar.objects.all(), label=capfirst(_("pillar")))

    def to_python(self, value):
        if value in self.empty_values or str(value).isdecimal():
            return super().to_python(value)
        try:
            return pillars.resolve(str(value))
        except RuleError as refusal:
            raise ValidationError(str(refusal)) from refusal


class PartField(forms.ModelChoiceField):
    """The eighteen parts, each under its pillar."""

    def __init__(self):
        parts = SubDimension.objects.select_related("pillar").order_by("pillar__position")
        super().__init__(
            parts.order_by("pillar__position", "position"),
            label=capfirst(_("sub-dimension")),
            required=False,
            help_text=_("A part of the pillar chosen above."),
        )

    def label_from_instance(self, part):
        return f"{part.pillar} · {part}"


class InitiativeForm(WholeRowForm):
    pillar = PillarField()
    sub_dimension = PartField()

    def clean(self):
        found = super().clean()
        plan = found.get("masterplan")
        if self.instance.masterplan_id:
            plan = self.instance.masterplan
        if plan and "pillar" in found:
            placed = Initiative(
                masterplan=plan,
                pillar=found["pillar"],
                lead_agency=found.get("lead_agency"),
                sub_dimension=found.get("sub_dimension"),
            )
            for name, words in initiatives.misplaced(placed).items():
                self.add_error(name, words)
        return found


class YearFormSet(forms.BaseInlineFormSet):
    """The years of a quick win lie in its plan's period, or the form says why not."""

    def clean(self):
        super().clean()
        if self.instance.masterplan_id is None:  # its own field says so
            return
        years = [form.cleaned_data["year"] for form in kept(self) if "year" in form.cleaned_data]
        if words := initiatives.outside_the_period(self.instance, years):
            field = self.instance._meta.get_field("outside_period_reason").verbose_name
            raise ValidationError(f"{words} ({field})")


class SupportFormSet(forms.BaseInlineFormSet):
    """Helping agencies are of the plan's region, and not the one that leads."""

    def clean(self):
        super().clean()
        if self.instance.masterplan_id is None:
            return
        for form in kept(self):
            agency = form.cleaned_data.get("agency")
            if agency and agency.pk == self.instance.lead_agency_id:
                form.add_error("agency", _("This agency leads the initiative already."))
            elif agency and not agencies(self.instance.masterplan).filter(pk=agency.pk).exists():
                words = _("%s is not an agency of this plan's region.")
                form.add_error("agency", words % agency.name)


def kept(formset):
    """The forms that were filled in and are not marked to go."""
    return [
        form
        for form in formset.forms
        if getattr(form, "cleaned_data", None) and not formset._should_delete_form(form)
    ]


class YearInline(ScopedInline):
    model = YearPlan
    formset = YearFormSet
    can_be_deleted = True
    fields = [("year", "fund_source"), ("planned", "realised")]


class SupportInline(ScopedInline):
    model = SupportingAgency
    formset = SupportFormSet
    can_be_deleted = True
    fields = ["agency"]
    autocomplete_fields = ["agency"]
