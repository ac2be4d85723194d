from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from regencies import audit
from regencies.domain import tokens
from regencies.errors import RuleError
from regencies.models import TokenScope, User


class Command(BaseCommand):
    help = "Make an API token for a person and print it, once."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--scope", choices=TokenScope.values, default=TokenScope.READ.value)
        parser.add_argument("--days", type=int, default=30)
        parser.add_argument("--name", help="its default holds the date and time")

    def handle(self, *, email, scope, days, name, **options):
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"no account has the e-mail address {email}")
        name = name or f"create_token {timezone.localtime():%Y-%m-%d %H:%M:%S}"
        try:
            with audit.entering(audit.Channel.COMMAND, user_id=user.pk):
                token, value = tokens.make(name, by=user, scope=scope, days=days)
        except PermissionDenied:
            raise CommandError(f"{email} may not sign in") from None
        except RuleError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(value)
        self.stderr.write(
            f"{token.name}, {scope}, until {timezone.localtime(token.expiry):%Y-%m-%d %H:%M %Z}"
        )
