from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from regencies.access import Right, holds
from regencies.history import tracked


class UserManager(BaseUserManager):
    """Makes accounts; an e-mail address is one account however it is capitalised."""

    def create_user(self, email, password=None, **fields):
        if not email:
            raise ValueError("an account needs an e-mail address")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, **fields, is_superuser=True)

    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)


@tracked(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, by e-mail. What they may do follows from memberships.

    Accounts are deactivated, never deleted: the ledger names them.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Switch off instead of deleting the account.")
    )
    is_example = models.BooleanField(
        _("example account"),
        default=False,
        editable=False,
        help_text=_("Made by make run for trying the portal; refused in production."),
    )
    date_joined = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        ordering = ["email"]
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="%(app_label)s_%(class)s_email_any_case_once",
                violation_error_message=_("There is already an account with this e-mail address."),
            ),
        ]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    @property
    def may_sign_in(self):
        """Active, and not an example account outside the example site."""
        return self.is_active and (settings.EXAMPLE_SITE or not self.is_example)

    @property
    def is_staff(self):
        """Whether the admin opens for this person (Django's own word for it)."""
        return self.is_active and holds(self, Right.MANAGE)

    @cached_property
    def held_memberships(self):
        """The memberships in force today; read once per request."""
        return list(self.memberships.in_force().select_related("agency"))
