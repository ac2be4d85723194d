"""The portal's numbers and lists: pages, admin and API all ask here, so they cannot disagree."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from programs.models import BimtekStage, Cohort, Entry, Participation, Publication, StageStatus
from programs.models.bimtek import BimtekStageQuerySet
from regencies.access import Right, holds
from regencies.domain.searching import regencies_called
from regencies.models import Regency, User

#: The public participations of a cohort or of a regency, for counting in annotations.
PUBLIC_PARTICIPATION = Q(
    participations__publication=Publication.PUBLIC,
    participations__cohort__publication=Publication.PUBLIC,
)


@dataclass(frozen=True)
class Figures:
    """Counts over public, real participations.

    ``participations``: all of them. ``entries``: rows on the ministry's lists (a region on
    two lists counts twice). ``late_entrants``: participants who joined after the list.
    ``regions``: distinct regions among both; ``listed_regions``: among the entries alone.
    ``provinces``: provinces they lie in.
    """

    cohorts: int
    participations: int
    entries: int
    late_entrants: int
    regions: int
    listed_regions: int
    provinces: int


def movement_figures(*, first: int = 2017, last: int = 2100) -> Figures:
    """The movement in numbers, over the cohorts of the years ``first`` to ``last``."""
    rows = Participation.objects.published().filter(
        cohort__is_example=False, cohort__year__range=(first, last)
    )
    listed = Q(entry=Entry.LISTED)
    return Figures(
        **rows.aggregate(
            cohorts=Count("cohort", distinct=True),
            participations=Count("pk"),
            entries=Count("pk", filter=listed),
            late_entrants=Count("pk", filter=Q(entry=Entry.LATE)),
            regions=Count("regency", distinct=True),
            listed_regions=Count("regency", filter=listed, distinct=True),
            provinces=Count("regency__province", distinct=True),
        )
    )


def public_cohorts() -> QuerySet[Cohort]:
    """Published cohorts, each with ``entries`` and ``late_entrants`` counted from public rows."""
    return _with_public_counts(Cohort.objects.published().real())


def readable_cohorts(user: Any) -> QuerySet[Cohort]:
    """The public cohorts, or all for those who manage; the counts are the same for everybody."""
    return (
        _with_public_counts(Cohort.objects.all())
        if holds(user, Right.MANAGE)
        else public_cohorts()
    )


def _with_public_counts(cohorts: QuerySet[Cohort]) -> QuerySet[Cohort]:
    counted = cohorts.select_related("program").annotate(
        entries=Count(
            "participations",
            filter=PUBLIC_PARTICIPATION & Q(participations__entry=Entry.LISTED),
        ),
        late_entrants=Count(
            "participations",
            filter=PUBLIC_PARTICIPATION & Q(participations__entry=Entry.LATE),
        ),
    )
    return counted.order_by("year", "slug")  # counting drops the model's own order


def with_stages(
    participations: QuerySet[Participation], user: Any = None
) -> QuerySet[Participation]:
    """Participations with ``shown_stages``: those ``user`` may see, or the public ones."""
    stages = BimtekStage.objects.all()
    stages = stages.published() if user is None else stages.visible_to(user)
    return _showing(participations, stages)


def with_readable_stages(
    participations: QuerySet[Participation], user: Any
) -> QuerySet[Participation]:
    """Participations with ``shown_stages``: what ``user`` may see and what is public."""
    return _showing(participations, BimtekStage.objects.readable_by(user))


def _showing(
    participations: QuerySet[Participation], stages: BimtekStageQuerySet
) -> QuerySet[Participation]:
    stages = stages.with_place().prefetch_related("sessions").order_by("definition__number")
    return participations.prefetch_related(Prefetch("stages", stages, to_attr="shown_stages"))


def find_regencies(text: str) -> QuerySet[Regency]:
    """Regions in any spelling (all for ""), with the ``cohort_count`` that is public."""
    rows = regencies_called(text) if text.strip() else Regency.objects.all()
    return rows.select_related("province").annotate(
        cohort_count=Count("participations", filter=PUBLIC_PARTICIPATION)
    )


def tasks_of(user: User) -> QuerySet[BimtekStage]:
    """What the user's regions owe, the most urgent first; stages without a date come last."""
    return (
        BimtekStage.objects.owed()
        .within(user, Right.EDIT)
        .with_place()
        .order_by(F("due_on").asc(nulls_last=True), "participation", "definition__number")
    )


def awaiting_review_by(user: User) -> QuerySet[BimtekStage]:
    """What waits for the ministry, the oldest submission first."""
    return (
        BimtekStage.objects.awaiting_review()
        .within(user, Right.REVIEW)
        .with_place()
        .order_by("submitted_at", "pk")
    )


def status_counts(stages: QuerySet[BimtekStage]) -> dict[str, int]:
    """How many stages stand at each status, zeros included."""
    found = dict(stages.order_by().values_list("status").annotate(Count("pk")))
    return {status: found.get(status, 0) for status in StageStatus.values}


def matrix(cohort: Cohort, user: User) -> list[Participation]:
    """A cohort's participations in the user's sight with their stages, in three queries."""
    rows = Participation.objects.filter(cohort=cohort).visible_to(user).with_place()
    return list(with_stages(rows, user).order_by("regency__province__code", "regency__code"))
