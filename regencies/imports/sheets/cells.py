"""How text that a spreadsheet would take for a formula leaves the portal and comes back."""

import re
from dataclasses import dataclass

# What Excel, LibreOffice and their East Asian editions read as the beginning of a formula.
_STARTS_A_FORMULA = "[=+\\-@\t\r\n＝＋－＠]"
_DANGEROUS = re.compile(f"'*{_STARTS_A_FORMULA}")
_PROTECTED = re.compile(f"'+{_STARTS_A_FORMULA}")


@dataclass(frozen=True)
class Unreadable:
    """A cell without a usable value, and why."""

    text: str
    shown: str = ""

    def __str__(self):
        return self.shown


def is_dangerous(text):
    return bool(_DANGEROUS.match(text))


def protect(text):
    """``text`` with an apostrophe before what would start a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def protect_apostrophe(text):
    """For cells that are marked as text: only what ``unprotect`` would mistake is changed."""
    return f"'{text}" if _PROTECTED.match(text) else text


def unprotect(cell):
    return cell[1:] if isinstance(cell, str) and _PROTECTED.match(cell) else cell
