from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs.models import BookDefinition
from regencies.imports.sheets.sheet import Sheet


class BookDefinitionSheet(Sheet):
    class Meta:
        model = BookDefinition
        fields = ["cohort", "number", "title", "guidance"]
        import_id_fields = ["cohort", "number"]

    def check(self, instance):
        if instance.cohort.definitions_published_at:
            text = _("The definitions of this cohort are published and stay as they are.")
            raise ValidationError({"cohort": text})
