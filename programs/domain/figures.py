"""Figures: what can be counted over a record, to stand beside the total that a source reports.

A reported total ("107 invited") is a ``Statement`` whose ``field`` is a figure's name. The rows
on record are counted; nobody invents rows to reach the total.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from programs.models import (
    Award,
    AwardCategory,
    BimtekStage,
    Book,
    Candidacy,
    Cohort,
    Commitment,
    CommitmentSignatory,
    Decision,
    Entry,
    Initiative,
    LocalBody,
    Masterplan,
    Memorandum,
    MemorandumState,
    Participation,
    Partnership,
    Program,
    StageStatus,
)
from programs.models.body import BodyMember
from programs.models.candidacy import Progress

SIGNED = (MemorandumState.REPORTED, MemorandumState.SIGNED)


@dataclass(frozen=True)
class Figure:
    """A count over the rows that hang on a record at ``path``."""

    label: Any
    rows: Callable[[], QuerySet[Any]]
    path: str
    distinct: str = "pk"

    def count(self, ids: Collection[int]) -> dict[int, int]:
        """How many there are for each of the records ``ids``, in one query."""
        found = self.rows().filter(**{f"{self.path}__in": ids}).order_by()
        counted = found.values_list(self.path).annotate(n=Count(self.distinct, distinct=True))
        return dict.fromkeys(ids, 0) | dict(counted)


def _listed() -> QuerySet[Participation]:
    return Participation.objects.filter(entry=Entry.LISTED, cohort__is_example=False)


def _agreed() -> QuerySet[Memorandum]:
    return Memorandum.objects.filter(state__in=SIGNED)


FIGURES: dict[type[models.Model], dict[str, Figure]] = {
    Program: {
        "entries": Figure(_("Entries on the lists of all cohorts"), _listed, "cohort__program"),
        "regions": Figure(
            _("Distinct regions in all cohorts"), _listed, "cohort__program", "regency"
        ),
    },
    Cohort: {
        "invited": Figure(_("Invited to the assessment"), Candidacy.objects.all, "cohort"),
        "assessed": Figure(
            _("Assessed"),
            lambda: Candidacy.objects.filter(progress=Progress.ASSESSED),
            "cohort",
        ),
        "selected": Figure(
            _("Selected"),
            lambda: Candidacy.objects.filter(decision=Decision.SELECTED),
            "cohort",
        ),
        "participations": Figure(_("Participants on the list"), _listed, "cohort"),
        "memoranda": Figure(
            _("Regions with an MoU"), _agreed, "participation__cohort", "participation"
        ),
        "partners": Figure(_("Partner institutions"), Partnership.objects.all, "cohort"),
    },
    Participation: {
        "stages_held": Figure(
            _("Bimtek stages held"),
            lambda: BimtekStage.objects.filter(sessions__starts_on__isnull=False),
            "participation",
        ),
        "stages_verified": Figure(
            _("Bimtek stages verified"),
            lambda: BimtekStage.objects.filter(status=StageStatus.VERIFIED),
            "participation",
        ),
        "quick_wins": Figure(
            _("Quick wins"),
            lambda: Initiative.objects.filter(is_quick_win=True),
            "masterplan__participation",
        ),
    },
    Masterplan: {
        "initiatives": Figure(_("Programmes"), Initiative.objects.all, "masterplan"),
        "quick_wins": Figure(
            _("Quick wins"), lambda: Initiative.objects.filter(is_quick_win=True), "masterplan"
        ),
        "books": Figure(_("Books"), Book.objects.all, "masterplan"),
    },
    AwardCategory: {"recipients": Figure(_("Recipients"), Award.objects.all, "category")},
    LocalBody: {"members": Figure(_("Members"), BodyMember.objects.all, "body")},
    Commitment: {
        "signatories": Figure(_("Signatories"), CommitmentSignatory.objects.all, "commitment")
    },
}


def figures_of(model: type[models.Model]) -> dict[str, Figure]:
    """The figures of a noun by name; most have none."""
    return FIGURES.get(model, {})
