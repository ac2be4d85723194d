from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from programs.imports import example, example_people
from regencies import audit
from regencies.audit import Channel
from regencies.errors import RuleError


class Command(BaseCommand):
    """Make the accounts and the cohort with which ``make run`` lets a stranger try the portal."""

    help = "Make example accounts and an example cohort; refused outside development."

    @no_translations
    def handle(self, **options):
        if not settings.EXAMPLE_SITE:
            raise CommandError("Example accounts are refused here; only make run makes them.")
        password = example_people.password()
        try:
            with audit.entering(Channel.COMMAND):
                people = example.load(password)
        except RuleError as error:
            raise CommandError(str(error)) from error
        self._print(
            [("E-mail", "Role", "Place", "Password")]
            + [(p.user.email, str(p.role.label), p.place or "Indonesia", password) for p in people]
        )

    def _print(self, rows):
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
            self.stdout.write("  ".join(cells).rstrip())
