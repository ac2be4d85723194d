"""Which step of a life a statement speaks of, where the records themselves say nothing."""

from typing import Any

from programs.domain import stated
from programs.domain.figures import figures_of
from programs.domain.flags import value_now
from programs.models import BimtekStage, Session
from programs.reports.life.section import Section

#: The step in which a reported total is told; others stay with their own record.
PLACES = {
    "initiatives": "initiatives",
    "quick_wins": "initiatives",
    "stages_held": "stages",
    "stages_verified": "stages",
}


def tell(sections: list[Section]) -> None:
    """Give the steps, and each stage, what only sources know; the last step has all of it."""
    *steps, sources = sections
    places = {record: step.slug for step in steps for record in step.records}
    by_slug = {step.slug: step for step in steps}
    stages: dict[Any, list[Any]] = {stage: [] for stage in by_slug["stages"].rows}
    for line in sources.rows:
        own = line.record.stage if isinstance(line.record, Session) else line.record
        for statement in line.statements:
            slug = PLACES.get(statement.field, places.get(line.record))
            if own in stages and _is_alone(statement):
                stages[own].append(statement)
            elif slug and not isinstance(own, BimtekStage) and _is_alone(statement):
                by_slug[slug].told.append(statement)
    for stage, said in stages.items():
        stage.told = said
    sources.contradicted = sum(line.contradicted for line in sources.rows)


def _is_alone(statement: Any) -> bool:
    """A reported total, what a stage brought, or a value that the record does not have."""
    model = type(statement.about)
    if not statement.field:
        return model is BimtekStage
    if statement.field in figures_of(model):
        return True
    own = stated.column(model, statement.field)
    is_plain = own is not None and not own.is_relation
    return is_plain and value_now(statement.about, statement.field) is None
