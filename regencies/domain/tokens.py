"""Making and revoking the tokens with which programs call the API in a person's name."""

import datetime as dt
import logging

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from regencies.access import Right, holds
from regencies.errors import RuleError
from regencies.models import ApiToken, TokenScope, User

MAX_DAYS = 365
MAX_TOKENS = 20
LONGEST_NAME = 80

logger = logging.getLogger(__name__)


@transaction.atomic
def make(name: str, *, by: User, scope: str, days: int) -> tuple[ApiToken, str]:
    """A new token of ``by``, and its value: shown once, for only its hash is stored.

    Raises ``PermissionDenied`` for an account that may not sign in, ``RuleError`` otherwise.
    """
    if not by.may_sign_in:
        raise PermissionDenied
    User.objects.select_for_update().get(pk=by.pk)  # one at a time, or the limit would leak
    name = name.strip()
    _check(name, by=by, scope=scope, days=days)
    token, value = ApiToken.objects.create(
        user=by, expiry=dt.timedelta(days=days), name=name, scope=scope
    )
    logger.info("API token %s made for user %s: %s, %s days", token.public_id, by.pk, scope, days)
    return token, value


def revoke(token: ApiToken, *, by: User) -> None:
    """Delete a token: its owner's deed, or of those who manage. It opens nothing any more."""
    if token.user_id != by.pk and not holds(by, Right.MANAGE):
        raise PermissionDenied
    ApiToken.objects.filter(pk=token.pk).delete()
    logger.info("API token %s revoked by user %s", token.public_id, by.pk)


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """The person's tokens, the newest first; expired ones stay until revoked."""
    return ApiToken.objects.filter(user=user)


def _check(name: str, *, by: User, scope: str, days: int) -> None:
    if not name or len(name) > LONGEST_NAME:
        text = _("Say what the token is for, in at most %d characters.") % LONGEST_NAME
        raise RuleError(text, fields=["name"])
    if scope not in TokenScope.values:
        raise RuleError(_("Choose what the token may do."), fields=["scope"])
    if not 1 <= days <= MAX_DAYS:
        raise RuleError(_("A token lasts from 1 to %d days.") % MAX_DAYS, fields=["days"])
    others = list(tokens_of(by).filter(expiry__gt=timezone.now()).values_list("name", flat=True))
    if name in others:
        text = _("You already have a token of this name. Revoke it, or choose another name.")
        raise RuleError(text, fields=["name"])
    if len(others) >= MAX_TOKENS:
        raise RuleError(_("You already have %d tokens. Revoke one first.") % MAX_TOKENS)
