"""Who calls the API: a person's token or session, and what either may do."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission

from regencies import audit
from regencies.models import ApiToken, TokenScope


class ApiTokenAuthentication(TokenAuthentication):
    """``Authorization: Bearer sc_…``: one query by the token's hash, and no clean-up on the way.

    Knox's own way deletes a person's expired tokens on every request; here a refused
    token stays listed on its owner's page until revoked.
    """

    def authenticate_credentials(self, token):
        found = ApiToken.objects.filter(digest=_digest(token)).select_related("user").first()
        if found is None or _is_over(found) or not found.user.may_sign_in:
            raise AuthenticationFailed(_("The token is not valid: unknown, expired or revoked."))
        audit.name_user(found.user_id)
        _note_use(found)
        return found.user, found


class PageSession(SessionAuthentication):
    """The session of somebody signed in to the pages; writing needs the CSRF token."""

    def authenticate(self, request):
        signed_in = super().authenticate(request)
        if signed_in:
            audit.name_user(signed_in[0].pk)
        return signed_in


class ReadOrSignedIn(BasePermission):
    """Everybody reads; writing needs a person, and a token made for writing."""

    message = _("This token may only read.")
    code = "token_scope"

    def has_permission(self, request, view):
        if request.method in SAFE_METHODS:
            return True
        token = request.auth
        return request.user.is_authenticated and (token is None or token.scope == TokenScope.WRITE)


class ApiTokenScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document describes the token; no token at all is fine for reading."""

    target_class = "regencies.api.auth.ApiTokenAuthentication"
    name = "token"

    def get_security_requirement(self, auto_schema):
        token = super().get_security_requirement(auto_schema)
        return [{}, token] if auto_schema.method in SAFE_METHODS else token

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer"}


class PageSessionScheme(OpenApiAuthenticationExtension):
    """Left out of the OpenAPI document: programs use tokens."""

    target_class = "regencies.api.auth.PageSession"
    name = []

    def get_security_requirement(self, auto_schema):
        return []

    def get_security_definition(self, auto_schema):
        return []


def _digest(token):
    # What is not UTF-8 is no token of ours; it hashes to something nobody has.
    return hash_token(token.decode(errors="replace"))


def _is_over(token):
    return token.expiry is not None and token.expiry <= timezone.now()


def _note_use(token):
    """Remember the day, at most once a day: a dashboard asks every minute."""
    today = timezone.localdate()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
