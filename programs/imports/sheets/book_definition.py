from programs.imports.sheets.definitions import refuse_published
from programs.models import BookDefinition
from regencies.imports.sheets.sheet import Sheet


class BookDefinitionSheet(Sheet):
    class Meta:
        model = BookDefinition
        fields = ["cohort", "number", "title", "guidance"]
        import_id_fields = ["cohort", "number"]

    def check(self, instance):
        refuse_published(instance.cohort)
