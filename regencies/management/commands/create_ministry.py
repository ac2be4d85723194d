from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from regencies import audit
from regencies.access import Role
from regencies.models import Membership, User

MAIL = "account/email/password_reset_key"


class Command(BaseCommand):
    """Makes the first account; whoever holds it makes the others in the admin."""

    help = (
        "Make an account of ministry staff, or give an existing account that role, and print "
        "the link with which its owner chooses a password (24 hours, once)."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="the person's name")
        parser.add_argument("--url", help="address of the portal (default: from ALLOWED_HOSTS)")
        parser.add_argument("--send", action="store_true", help="mail the link, do not print it")

    def handle(self, *, email, name, url, send, **options):
        site = (url or default_site()).rstrip("/")
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} is not an e-mail address") from error
        with audit.entering(audit.Channel.COMMAND), transaction.atomic():
            user = ministry_account(email, name)
        link = site + reset_path(user)
        if send:
            send_link(user, link, site)
            self.stdout.write(f"A link to choose a password was sent to {user.email}.")
        else:
            self.stdout.write(f"{user.email} may sign in after choosing a password here:\n{link}")


def ministry_account(email, name):
    """The account of that address, made when missing, with the ministry's role in force."""
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name)
    elif not user.may_sign_in:
        raise CommandError(f"{user.email} may not sign in; activate the account first")
    if not user.memberships.in_force().filter(role=Role.MINISTRY).exists():
        Membership.objects.create(user=user, role=Role.MINISTRY)
    return user


def default_site():
    hosts = [h for h in settings.ALLOWED_HOSTS if not h.startswith((".", "*"))]
    if settings.DEVELOPMENT:
        return "http://localhost:8000"
    if not hosts:
        raise CommandError("ALLOWED_HOSTS names no single host; say --url https://...")
    return f"https://{hosts[0]}"


def reset_path(user):
    """The address that allauth's own mail would name."""
    key = default_token_generator.make_token(user)
    uid = user_pk_to_url_str(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})


def send_link(user, link, site):
    context = {"password_reset_url": link, "current_site": {"domain": site.split("://")[-1]}}
    with translation.override(settings.LANGUAGE_CODE):
        subject = render_to_string(f"{MAIL}_subject.txt", context).strip()
        body = render_to_string(f"{MAIL}_message.txt", context).strip()
    send_mail(subject, body, None, [user.email])
