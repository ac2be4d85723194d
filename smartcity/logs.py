"""Log lines that can be traced to their request.

A module of its own: logging is configured before the apps that the middleware needs are ready.
"""

import logging
import re

from regencies import audit

RESET_KEY = re.compile(r"(/password/reset/key/)[^/\s]+")


class RequestIdFilter(logging.Filter):
    """Puts the id of the running request on every log line."""

    def filter(self, record):
        record.request_id = audit.request_id() or "-"
        return True


class SecretFilter(logging.Filter):
    """Keeps password-reset keys out of the log: whoever reads it could use them."""

    def filter(self, record):
        text = record.getMessage()
        if RESET_KEY.search(text):
            record.msg, record.args = RESET_KEY.sub(r"\1…", text), None
        return True
