"""The one way a rule says no."""

from collections.abc import Collection, Mapping
from typing import Any


class RuleError(Exception):
    """A rule refuses now. The text is a sentence fit for the person who asked.

    ``details`` says for each field it concerns what to do there, or only names the
    fields. Pages show the text, the API answers 409.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "rule",
        fields: Collection[str] = (),
        details: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.details = details or dict.fromkeys(fields, message)

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self.details)


class StaleError(RuleError):
    """The row was changed by somebody else since it was read.

    ``current`` holds the stored values of the fields that both changed, ``merged`` every
    field with the person's own changes on top, ``revision`` the one to name when saving
    over them.
    """

    def __init__(
        self,
        message: str,
        *,
        current: Mapping[str, Any],
        merged: Mapping[str, Any],
        revision: int,
    ) -> None:
        super().__init__(message, code="stale", fields=tuple(current))
        self.current = dict(current)
        self.merged = dict(merged)
        self.revision = revision
