"""The whole life of one participation, in the order in which it happens."""

from dataclasses import dataclass
from itertools import chain

from programs.models import Participation
from programs.reports.life import outcomes, papers, plans
from programs.reports.life.section import Section
from programs.reports.life.told import tell

__all__ = ["Life", "Section", "life_of"]


@dataclass(frozen=True)
class Life:
    """A participation, the same region's others, and the sections of its page."""

    participation: Participation
    others: list[Participation]
    sections: list[Section]


def life_of(participation: Participation) -> Life:
    """Everything on record, in as many queries for many rows as for one.

    ``participation`` is loaded ``with_place``.
    """
    masterplans = plans.masterplans(participation)
    sections = [
        papers.candidacy(participation),
        papers.memoranda(participation),
        papers.bodies(participation),
        papers.stages(participation),
        masterplans,
        plans.initiatives(masterplans.rows),
        papers.commitments(participation),
        outcomes.awards(participation),
        outcomes.evaluations(participation),
    ]
    records = [
        participation,
        participation.cohort,
        *chain.from_iterable(section.records for section in sections),
    ]
    sections.append(outcomes.sources(participation, records))
    tell(sections)
    return Life(participation, list(participation.in_other_cohorts()), sections)
