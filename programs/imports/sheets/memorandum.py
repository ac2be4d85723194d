from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs.models import Memorandum
from programs.models.memorandum import MemorandumState, Side
from regencies.imports.sheets.references import Place, Reference
from regencies.imports.sheets.sheet import Sheet


class MemorandumSheet(Sheet):
    """The MoUs without their signatories: those are entered on the page of the MoU."""

    regency = Place("participation__regency")
    cohort = Reference("participation__cohort")

    class Meta:
        model = Memorandum
        fields = [
            "regency", "cohort", "number_as_printed", "title_as_printed", "state", "signed_on",
            "place", "mode", "ends_on", "note",
        ]  # fmt: skip
        import_id_fields = ["regency", "cohort", "number_as_printed"]

    def check(self, instance):
        if instance.state != MemorandumState.SIGNED:
            return
        signed = instance.signatories.values_list("side", flat=True) if instance.pk else []
        if not set(Side) <= set(signed):
            words = _(
                "Signed needs a signatory on each side. Import it as reported, then add the "
                "signatories on its page."
            )
            raise ValidationError({"state": words})
