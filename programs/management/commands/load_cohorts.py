from django.core.management.base import BaseCommand, CommandError, no_translations

from programs.imports import cohorts
from regencies import audit
from regencies.audit import Channel
from regencies.imports.reader import ImportRefusedError


class Command(BaseCommand):
    """Load the movement's cohorts and participants; safe to repeat, changes nobody's edits."""

    help = "Add the cohorts and participations of programs/data that the portal does not have."

    @no_translations
    def handle(self, **options):
        try:
            with audit.entering(Channel.COMMAND):
                loaded = cohorts.load()
        except ImportRefusedError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        self.stdout.write(
            f"{loaded.cohorts} cohorts, {loaded.participations} participations: {loaded.new} rows "
            f"new; opened {loaded.stages} stages, {loaded.outputs} outputs"
        )
        if loaded.differences:
            self.stdout.write("Changed in the portal and left as it is there:")
            self.stdout.writelines(loaded.differences)
