"""Gives every request an id and every write its context: who, and through which door."""

import logging
import uuid

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


class RequestIdFilter(logging.Filter):
    """Puts the id of the running request on every log line."""

    def filter(self, record):
        record.request_id = audit.request_id() or "-"
        return True
