"""The movement's real cohorts and who took part in them, from the files the portal ships.

A load only adds what the portal does not have: what ministry staff changed in the admin
stays, and is told as a difference. Stage definitions and their requirements belong to a
cohort from its first load on; they are added only to a cohort that has none.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.db import models, transaction

from programs.domain import opening
from programs.models import (
    Cohort,
    Participation,
    Program,
    Publication,
    Requirement,
    Source,
    StageDefinition,
)
from regencies.imports.reader import Problems, Row, read
from regencies.models import Area, Regency

FOLDER = Path(__file__).resolve().parent.parent / "data"
BETWEEN = " | "  # between several values in one cell

STAGE_COLUMNS = ("number", "title", "purpose")
REQUIREMENT_COLUMNS = ("stage", "slug", "position", "title", "guidance", "is_mandatory")

#: What an empty cell means where it does not mean an empty text.
EMPTY_CELL = {"year": None, "official_size": None, "memoranda_signed_on": None}

AnyModel = TypeVar("AnyModel", bound=models.Model)


@dataclass
class Loaded:
    """What a load found in the files, added, opened, and left different."""

    cohorts: int = 0
    participations: int = 0
    new: int = 0
    stages: int = 0
    outputs: int = 0
    differences: list[str] = field(default_factory=list)


@transaction.atomic
def load(folder: Path = FOLDER) -> Loaded:
    """Add what is missing: all of it or, with ``ImportRefusedError``, nothing."""
    return _Load(folder).run()


class _Load:
    """One load: its files, what was wrong so far and what was added."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems = Problems()
        self.loaded = Loaded()
        self.cohorts: dict[str, Cohort] = {}
        self.joined: set[str] = set()

    def run(self) -> Loaded:
        self._load_cohorts(self._load_programs())
        self._load_definitions()
        self._load_participations()
        self.problems.refuse_if_any()
        self._open_stages()
        return self.loaded

    def _load_programs(self) -> dict[str, Program]:
        programs = {program.slug: program for program in Program.objects.all()}
        for row in self._read("programs.csv", ("slug", "name", "aliases"), key=["slug"]):
            values = row.values | {"aliases": _split(row["aliases"])}
            programs[row["slug"]] = self._add(
                row, programs.get(row["slug"]), Program(**values), ("name", "aliases")
            )
        return programs

    def _load_cohorts(self, programs: dict[str, Program]) -> None:
        facts = ("year", "phase", "official_size", "note", "memoranda_signed_on")
        columns = ("program", *facts, "list_is_complete")
        there = {(c.program_id, str(c.year)): c for c in Cohort.objects.select_related("program")}
        for row in self._read("cohorts.csv", columns, key=["year"]):
            self.loaded.cohorts += 1
            program = self._find(row, "program", programs)
            if not (program and program.pk):
                continue
            shipped = Cohort(
                program=program,
                slug=row["year"],
                list_is_complete=self._flag(row, "list_is_complete"),
                publication=Publication.PUBLIC,
                **{name: row[name] or EMPTY_CELL.get(name, "") for name in facts},
            )
            self.cohorts[row["year"]] = self._add(
                row, there.get((program.pk, row["year"])), shipped, (*facts, "list_is_complete")
            )

    def _load_definitions(self) -> None:
        stages = self._read("stages.csv", STAGE_COLUMNS, key=["number"])
        requirements = self._read("requirements.csv", REQUIREMENT_COLUMNS, key=["stage", "slug"])
        for row in requirements:
            self._find(row, "stage", {stage["number"]: stage for stage in stages})
        for cohort in self.cohorts.values():
            if cohort.pk and not cohort.stage_definitions.exists():
                for stage in stages:
                    self._define(cohort, stage, requirements)

    def _define(self, cohort: Cohort, stage: Row, requirements: list[Row]) -> None:
        definition = self._add(stage, None, StageDefinition(cohort=cohort, **stage.values))
        for row in requirements:
            if definition.pk and row["stage"] == stage["number"]:
                values: dict[str, Any] = {name: row[name] for name in REQUIREMENT_COLUMNS[1:]}
                values["is_mandatory"] = self._flag(row, "is_mandatory")
                self._add(row, None, Requirement(definition=definition, **values))

    def _load_participations(self) -> None:
        facts = ("name_as_printed", "entry", "note")
        columns = ("cohort", "code", *facts, "area", "sources")
        rows = self._read("participations.csv", columns, key=["cohort", "code"])
        there = {(p.cohort_id, p.regency_id): p for p in _participations(self.cohorts.values())}
        for row in rows:
            self.loaded.participations += 1
            cohort = self._find(row, "cohort", self.cohorts)
            regency = self._find(row, "code", self._regencies)
            area = self._find(row, "area", self._areas) if row["area"] else None
            if not (cohort and cohort.pk and regency):
                continue
            shipped = Participation(
                cohort=cohort,
                regency=regency,
                area=area,
                publication=Publication.PUBLIC,
                **{name: row[name] for name in facts},
            )
            stored = there.get((cohort.pk, regency.pk))
            participation = self._add(row, stored, shipped, (*facts, "area"))
            self._cite(row, participation, is_new=stored is None)

    def _cite(self, row: Row, participation: Participation, *, is_new: bool) -> None:
        addresses = _split(row["sources"])
        if not addresses:
            self.problems.add(row, "sources", "every participation needs a source")
        if not is_new:
            stored = {source.address for source in participation.sources.all()}
            self._compare(row, "sources", sorted(addresses), sorted(stored))
        elif participation.pk:
            self.joined.add(row["cohort"])
            sources = [self._source(row, address) for address in addresses]
            participation.sources.add(*(source for source in sources if source.pk))

    def _source(self, row: Row, address: str) -> Source:
        """The stored source of that address; a new one with what ``sources.csv`` knows of it."""
        if address not in self._sources:
            known = self._known_sources.get(address)
            host = (urlsplit(address).hostname or "").removeprefix("www.")
            source = Source(
                address=address,
                publisher=known["publisher"] if known else host or address,
                published_on=(known["published_on"] or None) if known else None,
            )
            columns = None if known else {"address": "sources"}
            self._sources[address] = self._add(known or row, None, source, columns=columns)
        return self._sources[address]

    def _open_stages(self) -> None:
        """Only where somebody joined: what staff prepares in the admin is theirs to open."""
        for year in sorted(self.joined):
            opened = opening.open_stages(self.cohorts[year], by=None)
            self.loaded.stages += opened.stages
            self.loaded.outputs += opened.outputs

    @cached_property
    def _regencies(self) -> dict[str, Regency]:
        return {regency.code: regency for regency in Regency.objects.all()}

    @cached_property
    def _areas(self) -> dict[str, Area]:
        return {area.slug: area for area in Area.objects.all()}

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.address: source for source in Source.objects.all()}

    @cached_property
    def _known_sources(self) -> dict[str, Row]:
        columns = ("address", "publisher", "published_on")
        rows = self._read("sources.csv", columns, key=["address"])
        return {row["address"]: row for row in rows}

    def _read(self, name: str, columns: Collection[str], *, key: list[str]) -> list[Row]:
        return read(self.folder / name, tuple(columns), key=key)

    def _find(self, row: Row, column: str, among: dict[str, Any]) -> Any:
        if row[column] not in among:
            self.problems.add(row, column, f"there is no {column} {row[column]}")
        return among.get(row[column])

    def _flag(self, row: Row, column: str) -> bool:
        if row[column] not in {"0", "1"}:
            self.problems.add(row, column, "write 0 or 1")
        return row[column] == "1"

    def _add(
        self,
        row: Row,
        stored: AnyModel | None,
        shipped: AnyModel,
        facts: Collection[str] = (),
        columns: dict[str, str] | None = None,
    ) -> AnyModel:
        """The stored row, its ``facts`` compared with the file's; else the shipped one, saved."""
        with self.problems.of(row, columns):
            if stored is not None:
                shipped.clean_fields(exclude=_all_but(shipped, facts))
                for name in facts:
                    self._compare(row, name, getattr(shipped, name), getattr(stored, name))
                return stored
            shipped.full_clean()
            shipped.save()
            self.loaded.new += 1
        return shipped

    def _compare(self, row: Row, column: str, shipped: Any, stored: Any) -> None:
        if shipped != stored:
            place = f"{row.file}, line {row.line}, {column}"
            self.loaded.differences.append(f"{place}: here {stored}, in the file {shipped}")


def _split(cell: str) -> list[str]:
    return [value.strip() for value in cell.split(BETWEEN) if value.strip()]


def _all_but(instance: models.Model, names: Collection[str]) -> list[str]:
    """What not to clean: other fields, and relations, which the load itself looked up."""
    return [f.name for f in instance._meta.fields if f.is_relation or f.name not in names]


def _participations(cohorts: Collection[Cohort]) -> models.QuerySet[Participation]:
    return (
        Participation.objects.filter(cohort__in=[cohort.pk for cohort in cohorts])
        .select_related("area")
        .prefetch_related("sources")
    )
