"""What the lists of a masterplan's rows share: the columns that name the plan."""

from regencies.imports.sheets.columns import Whole
from regencies.imports.sheets.references import Place, Reference
from regencies.imports.sheets.sheet import Sheet
from regencies.models import Agency

#: Region and cohort name a region's plan, area and its cohort a joint one.
PLAN = ["regency", "cohort", "area", "area_cohort", "version"]


class MaybePlace(Place):
    """Empty for the joint plan of an area."""

    _may_be_empty = True


class MaybeReference(Reference):
    """Empty in the two columns that belong to the other kind of plan."""

    _may_be_empty = True


class AgencyOfPlan(Reference):
    """An agency of the row's region; in a joint plan's row, of any region of the area."""

    def __init__(self):
        super().__init__(by=("name", "abbreviation"), within="regency")

    def _called(self, name, text, sheet):
        area = sheet.row.parsed.get("area")
        if area is None:
            return super()._called(name, text, sheet)
        members = sheet.recall(
            ("members", area.pk), lambda: set(area.regencies.values_list("pk", flat=True))
        )
        found = sheet.rows_by(Agency, name).get((text,), [])
        return [agency for agency in found if agency.regency_id in members]


class PlanSheet(Sheet):
    """Base for rows with a ``masterplan``."""

    regency = MaybePlace("masterplan__participation__regency")
    cohort = MaybeReference("masterplan__participation__cohort")
    area = MaybeReference("masterplan__area")
    area_cohort = MaybeReference("masterplan__cohort")
    version = Whole("masterplan__version")
