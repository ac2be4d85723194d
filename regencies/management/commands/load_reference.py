from django.core.management.base import BaseCommand, CommandError, no_translations

from regencies import audit
from regencies.audit import Channel
from regencies.imports import reference
from regencies.imports.reader import ImportRefusedError


class Command(BaseCommand):
    """Load provinces, regencies, other spellings, former codes and areas; safe to repeat."""

    help = "Bring provinces and regencies up to the files in regencies/data."

    @no_translations
    def handle(self, **options):
        try:
            with audit.entering(Channel.COMMAND):
                loaded = reference.load()
        except ImportRefusedError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        self.stdout.write(
            f"{loaded.provinces} provinces, {loaded.regencies} regencies, "
            f"{loaded.aliases} other spellings, {loaded.former_codes} former codes, "
            f"{loaded.areas} areas: {loaded.new} new, {loaded.changed} changed"
        )
