from programs.models import Pillar
from regencies.imports.sheets.sheet import Sheet


class PillarSheet(Sheet):
    """Only written: there is no seventh pillar to read."""

    class Meta:
        model = Pillar
        fields = ["position", "slug", "name"]
        import_id_fields = ["slug"]
