"""What a cell of the article files may point at: rows of other files, and rows on record."""

from collections.abc import Callable
from typing import Any

from django.db import models

from programs.models import (
    AssessmentCriterion,
    BimtekStage,
    Cohort,
    Participation,
    Program,
)
from regencies.models import Regency

#: The movement itself; the articles speak of no other programme.
PROGRAM = "gm100sc"

#: Rows that other loads brought, by the first word of a reference such as stage:2018:33.15:4.
ON_RECORD: dict[str, Callable[..., models.QuerySet[Any]]] = {
    "program": lambda: Program.objects.filter(slug=PROGRAM),
    "cohort": lambda year: Cohort.objects.filter(program__slug=PROGRAM, year=year),
    "regency": lambda code: Regency.objects.filter(code=code),
    "participation": lambda year, code: Participation.objects.filter(
        cohort__program__slug=PROGRAM, cohort__year=year, regency__code=code
    ),
    "stage": lambda year, code, number: BimtekStage.objects.filter(
        participation__cohort__program__slug=PROGRAM,
        participation__cohort__year=year,
        participation__regency__code=code,
        definition__number=number,
    ),
    "criterion": lambda year, slug: AssessmentCriterion.objects.filter(
        cohort__program__slug=PROGRAM, cohort__year=year, slug=slug
    ),
}


class UnknownReferenceError(LookupError):
    """Nothing is on record, or in the files, under this reference."""


class References:
    """Rows by reference; None for a row that the ministry took out or renamed since."""

    def __init__(self) -> None:
        self._rows: dict[str, Any] = {}

    def keep(self, reference: str, row: Any) -> None:
        self._rows[reference] = row

    def find(self, reference: str) -> Any:
        if reference not in self._rows:
            self._rows[reference] = self._on_record(reference)
        return self._rows[reference]

    def _on_record(self, reference: str) -> Any:
        kind, *parts = reference.split(":")
        try:
            row = ON_RECORD[kind](*parts).first()
        except (KeyError, TypeError, ValueError) as error:
            raise UnknownReferenceError(reference) from error
        if row is None:
            raise UnknownReferenceError(reference)
        return row
