"""Through which door, by whom, in which request: the context of everything written.

``pghistory`` carries the context into the row history; the programme's ledger asks
``channel()`` and ``request_id()``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    PAGE = "page", _("page")
    API = "api", _("API")
    ADMIN = "admin", _("admin")
    COMMAND = "command", _("command")
    SHELL = "shell", _("shell")


@dataclass(frozen=True)
class _Context:
    channel: str = Channel.SHELL
    request_id: str = ""


_OUTSIDE = _Context()  # a shell, or a test: no door was entered
_current: ContextVar[_Context] = ContextVar("audit_context", default=_OUTSIDE)


@contextmanager
def entering(
    channel: Channel, *, user_id: int | None = None, request_id: str = ""
) -> Iterator[None]:
    """Say that everything written inside comes through ``channel``."""
    token = _current.set(_Context(channel, request_id))
    try:
        with pghistory.context(user=user_id, channel=str(channel), request_id=request_id):
            yield
    finally:
        _current.reset(token)


def name_user(user_id: int) -> None:
    """Name who is acting, where the door learns it only after the context was entered."""
    pghistory.context(user=user_id)  # as a function call it adds to the running context


@contextmanager
def giving(reason: str, *, user_id: int) -> Iterator[None]:
    """Say why, and by whom, what is written inside is written; the row history keeps it."""
    with pghistory.context(user=user_id, reason=reason):
        try:
            yield
        finally:
            pghistory.context(reason="")  # the context of a request goes on after this deed


def channel() -> str:
    return _current.get().channel


def request_id() -> str:
    return _current.get().request_id
