from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs.models import Award, AwardCategory, AwardEvent
from regencies.imports.sheets.columns import Day, Text
from regencies.imports.sheets.references import Reference
from regencies.imports.sheets.sheet import Sheet


class AwardEventSheet(Sheet):
    class Meta:
        model = AwardEvent
        fields = ["name", "held_on", "place", "organiser", "cohort", "note"]
        import_id_fields = ["name", "held_on"]


class AwardCategorySheet(Sheet):
    """A category is named within its event, an event by name and day."""

    event = Text("event__name")
    held_on = Day("event__held_on")

    class Meta:
        model = AwardCategory
        fields = ["event", "held_on", "name", "kind", "pillar"]
        import_id_fields = ["event", "held_on", "name"]


class AwardSheet(Sheet):
    """Winner lists as events publish them: one row per region and category."""

    event = Text("category__event__name")
    held_on = Day("category__event__held_on")
    category = Text("category__name")
    awarding_body = Reference(by=("slug", "name", "abbreviation"))

    class Meta:
        model = Award
        fields = [
            "event", "held_on", "category", "regency", "awarding_body", "given_by",
            "received_by", "note",
        ]  # fmt: skip
        import_id_fields = ["event", "held_on", "category", "regency"]

    def check(self, award):
        if award.awarding_body is None:
            raise ValidationError({"awarding_body": _("Say who gave the award.")})

    def with_related(self, rows):
        return super().with_related(rows).select_related("regency__province")
