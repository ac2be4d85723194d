from programs.models import Contradiction
from regencies.imports.sheets.sheet import Sheet


class ContradictionSheet(Sheet):
    class Meta:
        model = Contradiction
        fields = ["code", "summary", "reading", "is_settled"]
        import_id_fields = ["code"]
