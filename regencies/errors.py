"""The one way a rule says no."""

from collections.abc import Collection, Mapping
from typing import Any


class RuleError(Exception):
    """A rule refuses now. The text is a sentence fit for the person who asked.

    ``fields`` names the form fields the refusal concerns; ``current`` carries the
    stored values when somebody else changed the row first, so that a door can show
    both sides. Pages show the text, the API answers 409.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "rule",
        fields: Collection[str] = (),
        current: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.fields = tuple(fields)
        self.current = dict(current or {})


class StaleError(RuleError):
    """The row was changed by somebody else since it was read.

    ``current`` holds their values, ``revision`` the one to name when saving over them.
    """

    def __init__(self, message: str, *, current: Mapping[str, Any], revision: int) -> None:
        super().__init__(message, code="stale", fields=tuple(current), current=current)
        self.revision = revision
