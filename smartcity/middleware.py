"""What every request gets: an id, a context for its writes, and a language."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation import gettext as _

from regencies import audit
from regencies.audit import Channel

DOORS = (("/admin/", Channel.ADMIN), ("/api/", Channel.API))


class AuditMiddleware:
    """Enters the audit context of the request and answers with its ``X-Request-ID``."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid.uuid4().hex
        door = next((c for prefix, c in DOORS if request.path.startswith(prefix)), Channel.PAGE)
        # Pages and admin know their user by session; the API names its user on authentication.
        user_id = request.user.pk if door != Channel.API else None
        with audit.entering(door, user_id=user_id, request_id=request.id):
            response = self.get_response(request)
        response["X-Request-ID"] = request.id
        return response


class PlainSessionMiddleware(SessionMiddleware):
    """Sessions by cookie; a key that cannot be ours (NUL in it) never meets the database."""

    def process_request(self, request):
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if not (key.isascii() and key.isalnum()):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        super().process_request(request)


class SignInMiddleware(LoginRequiredMiddleware):
    """Asks who it is; says so plainly when a form was sent after the session had ended."""

    def handle_no_permission(self, request, view_func):
        if request.method == "POST":
            messages.warning(
                request,
                _("Your session had ended, so what you just sent was not saved. Please sign in."),
            )
        return super().handle_no_permission(request, view_func)


class LanguageMiddleware(LocaleMiddleware):
    """Indonesian until the person chooses; only the API follows ``Accept-Language``.

    Many officers' phones and browsers are set to English without their asking.
    """

    def process_request(self, request):
        if request.path.startswith("/api/"):
            return super().process_request(request)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        known = chosen in dict(settings.LANGUAGES)
        translation.activate(chosen if known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()
        return None
