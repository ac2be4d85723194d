from django.core.exceptions import ValidationError

from programs.domain.initiatives import outside_the_period
from programs.imports.sheets.plan import PLAN, MaybePlace, MaybeReference
from programs.models import YearPlan
from regencies.imports.sheets.columns import Text, Whole
from regencies.imports.sheets.sheet import Sheet


class YearPlanSheet(Sheet):
    """What each initiative costs, year by year: the budget part of an action plan."""

    regency = MaybePlace("initiative__masterplan__participation__regency")
    cohort = MaybeReference("initiative__masterplan__participation__cohort")
    area = MaybeReference("initiative__masterplan__area")
    area_cohort = MaybeReference("initiative__masterplan__cohort")
    version = Whole("initiative__masterplan__version")
    initiative = Text("initiative__name")

    class Meta:
        model = YearPlan
        fields = [*PLAN, "initiative", "year", "fund_source", "planned", "realised"]
        import_id_fields = [*PLAN, "initiative", "year", "fund_source"]

    def check(self, instance):
        if words := outside_the_period(instance.initiative, [instance.year]):
            raise ValidationError({"year": words})
