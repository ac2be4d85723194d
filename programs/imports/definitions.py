"""What stages, outputs, books and criteria the real cohorts have, from the shipped files.

Definitions belong to a cohort from its first load on: each kind is added only to a cohort
that has none of it.
"""

from collections.abc import Mapping
from typing import Any

from programs.imports.loading import Loading
from programs.models import (
    AssessmentCriterion,
    BookDefinition,
    Cohort,
    Requirement,
    SectionDefinition,
    StageDefinition,
)
from regencies.imports.reader import Row

STAGE_COLUMNS = ("number", "title", "purpose")
REQUIREMENT_COLUMNS = ("stage", "slug", "position", "title", "guidance", "is_mandatory")
BOOK_COLUMNS = ("number", "title", "guidance", "since")
SECTION_COLUMNS = ("book", "position", "title", "guidance", "is_mandatory")
CRITERION_COLUMNS = ("cohort", "slug", "position", "title", "guidance")


def load(loading: Loading, cohorts: Mapping[str, Cohort]) -> None:
    """Give each stored cohort the definitions it lacks; ``cohorts`` by year."""
    stored = {year: cohort for year, cohort in cohorts.items() if cohort.pk}
    _load_stages(loading, stored)
    _load_books(loading, stored)
    _load_criteria(loading, stored)


def _load_stages(loading: Loading, cohorts: Mapping[str, Cohort]) -> None:
    stages = loading.read("stages.csv", STAGE_COLUMNS, key=["number"])
    requirements = loading.read("requirements.csv", REQUIREMENT_COLUMNS, key=["stage", "slug"])
    for row in requirements:
        loading.find(row, "stage", {stage["number"]: stage for stage in stages})
    for cohort in cohorts.values():
        if not cohort.stage_definitions.exists():
            for stage in stages:
                _define_stage(loading, cohort, stage, requirements)


def _define_stage(loading: Loading, cohort: Cohort, stage: Row, requirements: list[Row]) -> None:
    definition = loading.add(stage, None, StageDefinition(cohort=cohort, **stage.values))
    for row in requirements:
        if definition.pk and row["stage"] == stage["number"]:
            values = _without(row, "stage", is_mandatory=loading.flag(row, "is_mandatory"))
            loading.add(row, None, Requirement(definition=definition, **values))


def _load_books(loading: Loading, cohorts: Mapping[str, Cohort]) -> None:
    """A book with a year in ``since`` is asked of that cohort and those after it."""
    books = loading.read("books.csv", BOOK_COLUMNS, key=["number"])
    sections = loading.read("sections.csv", SECTION_COLUMNS, key=["book", "title"])
    for row in sections:
        loading.find(row, "book", {book["number"]: book for book in books})
    for year, cohort in cohorts.items():
        if not cohort.books.exists():
            for book in books:
                if book["since"] <= year:
                    _define_book(loading, cohort, book, sections)


def _define_book(loading: Loading, cohort: Cohort, book: Row, sections: list[Row]) -> None:
    definition = loading.add(book, None, BookDefinition(cohort=cohort, **_without(book, "since")))
    for row in sections:
        if definition.pk and row["book"] == book["number"]:
            values = _without(row, "book", is_mandatory=loading.flag(row, "is_mandatory"))
            loading.add(row, None, SectionDefinition(book=definition, **values))


def _load_criteria(loading: Loading, cohorts: Mapping[str, Cohort]) -> None:
    rows = loading.read("criteria.csv", CRITERION_COLUMNS, key=["cohort", "slug"])
    lacking = {year for year, cohort in cohorts.items() if not cohort.criteria.exists()}
    for row in rows:
        cohort = loading.find(row, "cohort", dict(cohorts))
        if cohort and row["cohort"] in lacking:
            values = _without(row, "cohort")
            loading.add(row, None, AssessmentCriterion(cohort=cohort, **values))


def _without(row: Row, *columns: str, **changes: Any) -> dict[str, Any]:
    return {name: row[name] for name in row.values if name not in columns} | changes
