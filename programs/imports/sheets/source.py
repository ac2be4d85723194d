from programs.models import Source
from regencies.imports.sheets.sheet import Sheet


class SourceSheet(Sheet):
    class Meta:
        model = Source
        fields = [
            "address", "slug", "kind", "publisher", "author", "title", "also_at",
            "published_on", "event_on", "note",
        ]  # fmt: skip
        import_id_fields = ["address", "slug"]

    def key(self, values):
        """The address; a source without one is known by its short name."""
        address, slug = values
        return (address or slug,)
