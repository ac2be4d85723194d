"""The movement's real cohorts and who took part in them, from the files the portal ships.

A load only adds what the portal does not have: what ministry staff changed in the admin
stays, and is told as a difference.
"""

from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from django.db import models, transaction

from programs.domain import opening
from programs.imports import definitions, pillars
from programs.imports.loading import FOLDER, Loaded, Loading, split
from programs.models import Cohort, Participation, Program, Publication, Source
from regencies.imports.reader import Row
from regencies.models import Area, Regency

#: What an empty cell means where it does not mean an empty text.
EMPTY_CELL = {"year": None, "official_size": None, "memoranda_signed_on": None}


@transaction.atomic
def load(folder: Path = FOLDER) -> Loaded:
    """Add what is missing: all of it or, with ``ImportRefusedError``, nothing."""
    return _Load(folder).run()


class _Load(Loading):
    """One load: its files, what was wrong so far and what was added."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.cohorts: dict[str, Cohort] = {}
        self.joined: set[str] = set()

    def run(self) -> Loaded:
        pillars.load(self)
        self._load_cohorts(self._load_programs())
        definitions.load(self, self.cohorts)
        self._load_participations()
        self.problems.refuse_if_any()
        self._open_stages()
        return self.loaded

    def _load_programs(self) -> dict[str, Program]:
        programs = {program.slug: program for program in Program.objects.all()}
        for row in self.read("programs.csv", ("slug", "name", "aliases"), key=["slug"]):
            values = row.values | {"aliases": split(row["aliases"])}
            programs[row["slug"]] = self.add(
                row, programs.get(row["slug"]), Program(**values), ("name", "aliases")
            )
        return programs

    def _load_cohorts(self, programs: dict[str, Program]) -> None:
        facts = ("year", "phase", "official_size", "note", "memoranda_signed_on")
        columns = ("program", *facts, "list_is_complete")
        there = {(c.program_id, str(c.year)): c for c in Cohort.objects.select_related("program")}
        for row in self.read("cohorts.csv", columns, key=["year"]):
            self.loaded.cohorts += 1
            program = self.find(row, "program", programs)
            if not (program and program.pk):
                continue
            shipped = Cohort(
                program=program,
                slug=row["year"],
                list_is_complete=self.flag(row, "list_is_complete"),
                publication=Publication.PUBLIC,
                **{name: row[name] or EMPTY_CELL.get(name, "") for name in facts},
            )
            self.cohorts[row["year"]] = self.add(
                row, there.get((program.pk, row["year"])), shipped, (*facts, "list_is_complete")
            )

    def _load_participations(self) -> None:
        facts = ("name_as_printed", "entry", "note")
        columns = ("cohort", "code", *facts, "area", "sources")
        rows = self.read("participations.csv", columns, key=["cohort", "code"])
        there = {(p.cohort_id, p.regency_id): p for p in _participations(self.cohorts.values())}
        for row in rows:
            self.loaded.participations += 1
            cohort = self.find(row, "cohort", self.cohorts)
            regency = self.find(row, "code", self._regencies)
            area = self.find(row, "area", self._areas) if row["area"] else None
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
            participation = self.add(row, stored, shipped, (*facts, "area"))
            self._cite(row, participation, is_new=stored is None)

    def _cite(self, row: Row, participation: Participation, *, is_new: bool) -> None:
        addresses = split(row["sources"])
        if not addresses:
            self.problems.add(row, "sources", "every participation needs a source")
        if not is_new:
            stored = {source.address for source in participation.sources.all()}
            self.compare(row, "sources", sorted(addresses), sorted(stored))
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
            self._sources[address] = self.add(known or row, None, source, columns=columns)
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
        rows = self.read("sources.csv", columns, key=["address"])
        return {row["address"]: row for row in rows}


def _participations(cohorts: Collection[Cohort]) -> models.QuerySet[Participation]:
    return (
        Participation.objects.filter(cohort__in=[cohort.pk for cohort in cohorts])
        .select_related("area")
        .prefetch_related("sources")
    )
