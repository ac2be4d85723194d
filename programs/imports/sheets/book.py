from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.imports.sheets.plan import PLAN, PlanSheet
from programs.models import Book, BookDefinition
from regencies.imports.sheets.columns import Whole


class BookNumber(Whole):
    """Which of the cohort's books: 1 to 4."""

    hint = gettext_lazy("The number of the book, 1 to 4.")

    def read(self, cell, sheet):
        number = super().read(cell, sheet)
        parsed = sheet.row.parsed
        cohort = parsed.get("cohort") or parsed.get("area_cohort")
        asked = sheet.rows_by(BookDefinition, "cohort", "number")
        found = asked.get((cohort and cohort.pk, number))
        if not found:
            raise ValidationError(_("The cohort of this plan has no book of that number."))
        return found[0]

    def show(self, value):
        return value.number


class BookSheet(PlanSheet):
    """The books that were handed over; sections are written on the page of the book."""

    book = BookNumber("definition")

    class Meta:
        model = Book
        fields = [*PLAN, "book", "handed_over_on", "note"]
        import_id_fields = [*PLAN, "book"]
