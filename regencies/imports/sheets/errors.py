from dataclasses import dataclass


class UnreadableFileError(Exception):
    """The file as a whole cannot be read; the text is a sentence for the person."""


@dataclass(frozen=True)
class Problem:
    """What is wrong in one place: the row as the spreadsheet counts it (0: the whole file)."""

    line: int
    column: str
    value: str
    text: str
