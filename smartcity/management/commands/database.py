from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils import translation

from smartcity.embedded.errors import EmbeddedPostgresError
from smartcity.embedded.server import Cluster

ENGINE = "smartcity.embedded"


class Command(BaseCommand):
    """Look after the embedded PostgreSQL; any other server has its own tools."""

    help = "Show, stop or delete the embedded PostgreSQL that serves when DATABASE_URL is not set."
    requires_system_checks = ()

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("status", help="version, folder, running or not, size")
        verbs.add_parser("stop", help="stop the server; the next connection starts it again")
        reset = verbs.add_parser("reset", help="delete the database and everything in it")
        reset.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *, verb, **options):
        if settings.DATABASES["default"]["ENGINE"] != ENGINE:
            raise CommandError(
                "DATABASE_URL is set, so the portal does not use the embedded PostgreSQL. "
                "Manage that server with its own tools, or unset DATABASE_URL first."
            )
        try:
            getattr(self, verb)(Cluster(), **options)
        except EmbeddedPostgresError as error:
            raise CommandError(str(error)) from error

    def status(self, cluster, **options):
        found = cluster.status()
        with translation.override("en"):
            size = filesizeformat(found.size).replace("\xa0", " ")
        self.stdout.write(f"PostgreSQL {found.version} (embedded)")
        self.stdout.write(f"Folder:    {found.home}")
        self.stdout.write(f"Running:   {'yes' if found.running else 'no'}")
        self.stdout.write(f"Size:      {size if found.size else 'no database yet'}")

    def stop(self, cluster, **options):
        stopped = cluster.stop()
        self.stdout.write("PostgreSQL is stopped." if stopped else "PostgreSQL was not running.")

    def reset(self, cluster, *, yes, **options):
        doomed = cluster.deletable()
        if not doomed:
            self.stdout.write(f"Nothing to delete in {cluster.home}.")
            return
        self.stdout.write("This stops PostgreSQL and deletes every database in it:")
        for path in doomed:
            self.stdout.write(f"  {path}")
        if not (yes or self._confirmed()):
            raise CommandError("Nothing was deleted.")
        cluster.reset()
        self.stdout.write("Deleted. An empty database is made at the next connection.")

    def _confirmed(self):
        self.stdout.write("Type yes to delete: ", ending="")
        self.stdout.flush()
        try:
            return input() == "yes"
        except EOFError:
            return False
