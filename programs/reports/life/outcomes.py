"""What came of it: awards, evaluations, and what sources say about all of it."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from programs.domain import statements
from programs.domain.evaluations import differs, with_index
from programs.domain.statements import is_contradicted
from programs.models import (
    ComponentScore,
    Evaluation,
    Participation,
    PillarScore,
    Recommendation,
    Statement,
)
from programs.reports.life.section import Add, Section, with_parts


@dataclass
class ScoreLine:
    """One component or pillar, and what each scorer gave it."""

    name: str
    self: Decimal | None = None
    assessor: Decimal | None = None
    final: Decimal | None = None


@dataclass(frozen=True)
class EvaluationLine:
    """An evaluation with its score lines and whether the published index differs."""

    evaluation: Evaluation
    components: list[ScoreLine]
    pillars: list[ScoreLine]
    differs: bool


@dataclass(frozen=True)
class Told:
    """What sources say about one record."""

    record: models.Model
    kind: str
    statements: list[Statement]

    @property
    def doubtful(self) -> list[Statement]:
        return [row for row in self.statements if is_contradicted(row)]

    @property
    def plain(self) -> list[Statement]:
        return [row for row in self.statements if not is_contradicted(row)]

    @property
    def contradicted(self) -> int:
        return len(self.doubtful)


def awards(participation: Participation) -> Section:
    """Every award of the region, whichever cohort it was given for."""
    rows = list(
        participation.regency.awards.select_related(
            "category__event", "category__pillar", "awarding_body", "document"
        ).order_by("category__event__held_on", "category__name")
    )
    return Section(
        "awards",
        _("Awards of the region"),
        rows,
        _("No award is on record."),
        _("The ministry enters the event once and then its recipients, all in one step."),
        [Add(_("Add an award"), "award", {"regency": participation.regency_id})],
        [*rows, *{row.category.event: None for row in rows}],
    )


def evaluations(participation: Participation) -> Section:
    """Every evaluation of the region: regions of all cohorts are evaluated together."""
    found = Evaluation.objects.filter(regency=participation.regency_id)
    advice = Recommendation.objects.select_related("agency", "closed_by").prefetch_related(
        "follow_ups"
    )
    rows = list(
        with_index(found)
        .select_related("round__scheme", "regency", "letter")
        .prefetch_related(
            Prefetch("component_scores", ComponentScore.objects.select_related("component")),
            Prefetch("pillar_scores", PillarScore.objects.select_related("pillar")),
            Prefetch("recommendations", advice),
        )
        .order_by("round__year", "round__phase")
    )
    return Section(
        "evaluations",
        _("Evaluations of the region"),
        [
            EvaluationLine(
                row,
                _score_lines(row.component_scores.all(), "component"),
                _score_lines(row.pillar_scores.all(), "pillar"),
                differs(row),
            )
            for row in rows
        ],
        _("The region is in no evaluation round yet."),
        _("The ministry opens a round; the region answers, assessors score."),
        [Add(_("Add an evaluation"), "evaluation", {"regency": participation.regency_id})],
        with_parts(rows, "recommendations"),
    )


def sources(participation: Participation, records: list[models.Model]) -> Section:
    """What sources say about the participation and everything shown above."""
    cited = list(participation.sources.all())
    kinds = ContentType.objects.get_for_models(*{type(record) for record in records})
    found = statements.of_records(records)
    told = [
        Told(record, str(record._meta.verbose_name), said)
        for record, said in found.items()
        if said
    ]
    told += _of_the_same_sources(participation, found)
    about = {"content_type": kinds[Participation].pk, "object_id": participation.pk}
    return Section(
        "sources",
        _("Sources and statements"),
        told,
        _("No source states anything about this participation yet."),
        _("Whoever enters a fact cites the letter, document or article that states it."),
        [Add(_("Add a statement"), "statement", about), Add(_("Add a source"), "source", {})],
        more={"cited": cited},
        size=len(cited) + sum(len(line.statements) for line in told),
    )


def _of_the_same_sources(participation: Participation, found) -> list[Told]:
    """What the sources that tell of this region say of the programme, partners and people."""
    own = [row for record, said in found.items() if record != participation.cohort for row in said]
    others = statements.beside(own, participation.regency)
    shown = {row.pk for said in found.values() for row in said}
    return [
        Told(record, str(record._meta.verbose_name), rest)
        for record, said in others.items()
        if (rest := [row for row in said if row.pk not in shown])
    ]


def _score_lines(scores, name: str) -> list[ScoreLine]:
    lines: dict[int, ScoreLine] = {}
    for score in scores:
        about = getattr(score, name)
        line = lines.setdefault(about.pk, ScoreLine(str(about)))
        setattr(line, score.scorer, score.score)
    return list(lines.values())
