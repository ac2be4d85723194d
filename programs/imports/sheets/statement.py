from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.domain import stated
from programs.models import Statement
from regencies.imports.sheets.columns import Column, text_of
from regencies.imports.sheets.sheet import Sheet


class Noun(Column):
    """The kind of record, by its short name or as the admin calls it."""

    is_text = True
    hint = gettext_lazy("The kind of record, for example: memorandum.")

    def read(self, cell, sheet):
        text = text_of(cell).casefold()
        for model in stated.NOUNS:
            if text in {model._meta.model_name, str(model._meta.verbose_name).casefold()}:
                return ContentType.objects.get_for_model(model)
        names = ", ".join(model._meta.model_name for model in stated.NOUNS)
        raise ValidationError(_("Write one of: %(names)s.") % {"names": names})

    def show(self, value):
        return value.model


class StatementSheet(Sheet):
    content_type = Noun()

    class Meta:
        model = Statement
        fields = [
            "content_type", "object_id", "field", "source", "stated", "event_on", "weekday",
            "contradiction", "note",
        ]  # fmt: skip
        import_id_fields = ["content_type", "object_id", "field", "source", "stated"]

    def check(self, instance):
        """The record is there, and has that field."""
        model = stated.noun_of(instance)
        if not model._default_manager.filter(pk=instance.object_id).exists():
            raise ValidationError({"object_id": _("This record is not there.")})
        allowed = stated.fields_of(model)
        if instance.field and instance.field not in allowed:
            words = _("%(noun)s has no such field. Write one of: %(names)s.")
            names = {"noun": capfirst(model._meta.verbose_name), "names": ", ".join(allowed)}
            raise ValidationError({"field": words % names})
