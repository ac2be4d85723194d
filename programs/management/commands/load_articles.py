from django.core.management.base import BaseCommand, CommandError, no_translations

from programs.imports import articles
from regencies import audit
from regencies.audit import Channel
from regencies.imports.reader import ImportRefusedError


class Command(BaseCommand):
    """Load what the founding articles tell; safe to repeat, changes nobody's edits."""

    help = "Add the facts, statements and contradictions of programs/data/articles."

    @no_translations
    def handle(self, **options):
        try:
            with audit.entering(Channel.COMMAND):
                loaded = articles.load()
        except ImportRefusedError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        self.stdout.write(f"founding articles: {loaded.new} rows new")
        if loaded.differences:
            self.stdout.write("Changed in the portal and left as it is there:")
            self.stdout.writelines(loaded.differences)
