from django.core.exceptions import ValidationError

from programs.domain import masterplans
from programs.imports.sheets.plan import PLAN
from programs.models import Masterplan
from regencies.errors import RuleError
from regencies.imports.sheets.references import Place, Reference
from regencies.imports.sheets.sheet import Sheet


class MasterplanSheet(Sheet):
    """A region's plan has region and cohort; a joint one has area and ``area_cohort``."""

    regency = Place("participation__regency")
    cohort = Reference("participation__cohort")
    area_cohort = Reference("cohort")

    class Meta:
        model = Masterplan
        fields = [*PLAN, "title", "first_year", "last_year", "note"]
        import_id_fields = PLAN

    def check(self, instance):
        try:
            masterplans.check_period(instance)
        except RuleError as refusal:
            raise ValidationError(refusal.details) from refusal
