"""Numbers as people write them, read in one way wherever their text comes from.

Python itself reads more than a person means: underscores, other scripts' digits, "NaN".
"""

import re
from decimal import Decimal

_EXACT = re.compile(r"-?\d{1,30}(\.\d{1,10}|,\d{1,2})?", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)


def exact(text: str) -> Decimal | None:
    """Money or a measure, with a point or an Indonesian comma; None for anything else."""
    return Decimal(text.replace(",", ".")) if _EXACT.fullmatch(text) else None


def whole(text: str) -> int | None:
    return int(text) if _WHOLE.fullmatch(text) else None
