from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from programs.exports import schema
from programs.exports.schema.nouns import UngroupedError


class Command(BaseCommand):
    """Write docs/schema.md and docs/schema.svg from the models; ``--check`` only compares."""

    help = "Draw the models as docs/schema.md and docs/schema.svg."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; fail when a document is old."
        )
        parser.add_argument("--folder", type=Path, help="Instead of docs/.")

    @no_translations
    def handle(self, *, check, folder, **options):
        folder = folder or settings.BASE_DIR / "docs"
        try:
            documents = schema.drawn()
        except UngroupedError as error:
            raise CommandError(str(error)) from error
        old = [name for name, text in documents.items() if stands(folder / name) != text]
        if check and old:
            raise CommandError(f"Out of date: {', '.join(old)}. Run manage.py draw_schema.")
        for name in old:
            (folder / name).write_text(documents[name], encoding="utf-8")
        self.stdout.write(f"Written: {', '.join(old)}" if old else "The schema is up to date.")


def stands(path):
    """What a document says now; nothing when there is none."""
    return path.read_text(encoding="utf-8") if path.exists() else ""
