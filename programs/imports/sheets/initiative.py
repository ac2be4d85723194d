from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from programs.domain import initiatives, pillars
from programs.imports.sheets.plan import PLAN, AgencyOfPlan, PlanSheet
from programs.models import Initiative
from regencies.errors import RuleError
from regencies.imports.sheets.columns import text_of
from regencies.imports.sheets.references import Reference


class PillarWord(Reference):
    """A pillar under any word that ``pillars.resolve`` understands; written as its name."""

    hint = _("One of the six pillars, or another word for it.")

    def __init__(self):
        super().__init__(by=("name",))

    def read(self, cell, sheet):
        try:
            return pillars.resolve(text_of(cell), sheet.recall("pillars", pillars.words))
        except RuleError as refusal:
            raise ValidationError(str(refusal)) from refusal


class InitiativeSheet(PlanSheet):
    """Years and budgets travel in the list of yearly plans."""

    pillar = PillarWord()
    sub_dimension = Reference(by=("name", "slug"), within="pillar")
    lead_agency = AgencyOfPlan()

    class Meta:
        model = Initiative
        fields = [
            *PLAN, "name", "short_name", "pillar", "sub_dimension", "is_quick_win", "horizon",
            "lead_agency", "description", "benefit", "partners", "risk", "outside_period_reason",
        ]  # fmt: skip
        import_id_fields = [*PLAN, "name"]

    def check(self, instance):
        years = instance.years.values_list("year", flat=True) if instance.pk else ()
        if found := initiatives.misplaced(instance, years=years):
            raise ValidationError(found)
