"""Which file holds the rows of which noun, and by what a row is known."""

from dataclasses import dataclass

from django.db import models

from programs.models import (
    Award,
    AwardCategory,
    AwardEvent,
    Candidacy,
    Commitment,
    CommitmentSignatory,
    Contradiction,
    Institution,
    Letter,
    LocalBody,
    Masterplan,
    Memorandum,
    Partnership,
    Session,
    Signatory,
    Source,
)
from regencies.models import Agency, OfficeTerm


@dataclass(frozen=True)
class Noun:
    """One file: its model, the columns beside ``ref``, and those that tell a row from others."""

    file: str
    model: type[models.Model]
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """What may differ in the portal, and is told then."""
        return tuple(name for name in self.columns if name not in self.key)


#: In the order in which rows point at each other.
NOUNS = (
    Noun(
        "sources.csv",
        Source,
        (
            "kind",
            "slug",
            "publisher",
            "author",
            "title",
            "address",
            "also_at",
            "published_on",
            "event_on",
            "note",
        ),
        ("slug",),
    ),
    Noun("contradictions.csv", Contradiction, ("code", "summary", "reading"), ("code",)),
    Noun("institutions.csv", Institution, ("slug", "name", "abbreviation", "aliases"), ("slug",)),
    Noun(
        "partnerships.csv",
        Partnership,
        ("cohort", "institution", "role"),
        ("cohort", "institution"),
    ),
    Noun("agencies.csv", Agency, ("regency", "name", "abbreviation"), ("regency", "name")),
    Noun(
        "office_terms.csv",
        OfficeTerm,
        ("regency", "body", "agency", "person", "other_spellings", "title"),
        ("regency", "body", "person", "title"),
    ),
    Noun(
        "letters.csv",
        Letter,
        ("kind", "number_as_printed", "dated_on", "sender", "cohort"),
        ("number_as_printed", "sender"),
    ),
    Noun(
        "candidacies.csv",
        Candidacy,
        ("regency", "cohort", "progress", "letter", "note"),
        ("regency", "cohort"),
    ),
    Noun(
        "memoranda.csv",
        Memorandum,
        ("participation", "title_as_printed", "state", "signed_on", "place", "note"),
        ("participation",),
    ),
    Noun(
        "signatories.csv",
        Signatory,
        ("memorandum", "side", "name", "office", "on_behalf_of"),
        ("memorandum", "side", "name", "office"),
    ),
    Noun("bodies.csv", LocalBody, ("participation", "kind", "note"), ("participation", "kind")),
    Noun("sessions.csv", Session, ("stage", "starts_on", "ends_on", "venue"), ("stage",)),
    Noun(
        "masterplans.csv",
        Masterplan,
        ("participation", "version", "title"),
        ("participation", "version"),
    ),
    Noun(
        "commitments.csv",
        Commitment,
        ("participation", "title", "signed_on", "place", "text", "note"),
        ("participation",),
    ),
    Noun(
        "commitment_signatories.csv",
        CommitmentSignatory,
        ("commitment", "position", "name", "office", "agency"),
        ("commitment", "name", "office"),
    ),
    Noun(
        "award_events.csv",
        AwardEvent,
        ("name", "held_on", "place", "cohort", "note"),
        ("name", "held_on"),
    ),
    Noun("award_categories.csv", AwardCategory, ("event", "name", "kind"), ("event", "name")),
    Noun(
        "awards.csv",
        Award,
        ("category", "regency", "awarding_body", "given_by", "received_by"),
        ("category", "regency"),
    ),
)
