"""What happened to the row of a participation, in plain words."""

from programs.domain.history import edits, labels_of, told
from programs.models import Assignment, Participation
from regencies.domain.row_history import Entry

FIELDS = (
    "entry",
    "status",
    "status_since",
    "status_reason",
    "replaced_by",
    "area",
    "name_as_printed",
    "publication",
    "note",
)
PLACE_OF_REPLACEMENT = ("replaced_by__regency", "replaced_by__cohort", "area")


def history(participation: Participation) -> list[Entry]:
    """Every change of the row and of its experts, newest first; three queries at most."""
    events = edits(
        Participation,
        labels_of(Participation, FIELDS),
        related=PLACE_OF_REPLACEMENT,
        pgh_obj=participation,
    )
    events += edits(
        Assignment,
        labels_of(Assignment, ("expert", "assigned_on", "recused_on")),
        related=["expert"],
        participation=participation,
    )
    return sorted(told(events), key=lambda entry: entry.at)[::-1]
