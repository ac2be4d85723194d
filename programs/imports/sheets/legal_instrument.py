from programs.imports.sheets.plan import PLAN, PlanSheet
from programs.models import LegalInstrument


class LegalInstrumentSheet(PlanSheet):
    class Meta:
        model = LegalInstrument
        fields = [*PLAN, "form", "number_as_printed", "title", "enacted_on"]
        import_id_fields = [*PLAN, "form", "number_as_printed"]
