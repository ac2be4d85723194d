"""What every request gets: an id, a context for its writes, and a language."""

import logging
import uuid

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

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


class RequestIdFilter(logging.Filter):
    """Puts the id of the running request on every log line."""

    def filter(self, record):
        record.request_id = audit.request_id() or "-"
        return True
