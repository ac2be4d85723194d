"""The portal's numbers and lists: pages, admin and API all ask here, so they cannot disagree."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from programs.models import (
    BimtekStage,
    Cohort,
    Entry,
    Participation,
    Publication,
    StageDefinition,
    StageStatus,
)
from programs.models.bimtek import BimtekStageQuerySet
from regencies.access import Right, Role, holds
from regencies.domain.searching import regencies_called
from regencies.models import Membership, Regency, User

#: Counted beside the statuses: a late stage is also a draft or returned.
LATE = "late"

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
    """The public cohorts and those of participations in the user's sight; all for the ministry.

    The counts are the same for everybody: only what is public is counted.
    """
    cohorts = Cohort.objects.all()
    if not holds(user, Right.MANAGE):
        own = Participation.objects.visible_to(user).order_by().values("cohort")
        cohorts = cohorts.published().real() | cohorts.filter(pk__in=own)
    return _with_public_counts(cohorts)


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


def handed_in_by_region_of(user: User) -> QuerySet[BimtekStage]:
    """What the user's regions submitted and the ministry has not decided yet."""
    return (
        BimtekStage.objects.awaiting_review()
        .within(user, Right.EDIT)
        .with_place()
        .order_by("submitted_at", "pk")
    )


def signers_of(regency: Regency) -> QuerySet[User]:
    """Who may submit for a region today: whom its officers tell that a stage is complete."""
    signing = Membership.objects.in_force().filter(role=Role.SIGNER, regency=regency)
    return User.objects.filter(pk__in=signing.values("user"), is_active=True)


def awaiting_review_by(user: User) -> QuerySet[BimtekStage]:
    """What waits for the ministry, the oldest submission first."""
    return (
        BimtekStage.objects.awaiting_review()
        .within(user, Right.REVIEW)
        .with_place()
        .order_by("submitted_at", "pk")
    )


@dataclass(frozen=True)
class MatrixRow:
    """One region against the stages of its cohort; None where a stage was not opened."""

    participation: Participation
    stages: list[BimtekStage | None]

    @property
    def progress(self) -> tuple[int, int]:
        """How far the region is, for sorting: verified first, then what is handed in."""
        found = status_counts(self.stages)
        return found[StageStatus.VERIFIED], found[StageStatus.SUBMITTED]


def matrix(cohort: Cohort, definitions: list[StageDefinition], user: User) -> list[MatrixRow]:
    """A cohort's participations in the user's sight against ``definitions``, in three queries."""
    rows = Participation.objects.filter(cohort=cohort).visible_to(user).with_place()
    rows = with_stages(rows, user).order_by("regency__province__code", "regency__code")
    return [MatrixRow(row, _in_columns(row, definitions)) for row in rows]


def _in_columns(row: Any, definitions: list[StageDefinition]) -> list[BimtekStage | None]:
    stages = {stage.definition_id: stage for stage in row.shown_stages}
    return [stages.get(definition.pk) for definition in definitions]


def status_counts(stages: Iterable[BimtekStage | None]) -> dict[str, int]:
    """How many stages stand at each status, zeros included; beside it, how many are late."""
    found = [stage for stage in stages if stage]
    by_status = Counter(stage.status for stage in found)
    counts = {status: by_status[status] for status in StageStatus.values}
    return counts | {LATE: sum(stage.is_late for stage in found)}
