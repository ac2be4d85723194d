"""Provinces, regencies and their other names, from the files the portal ships.

The file wins for what identifies a place: codes, names, kind, province, time zone, and
what a spelling or a former code stands for. A correction made in the admin there lasts
until the next load; correct the file. Capital and point are only filled where empty,
and nothing that the files do not mention is touched.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models, transaction

from regencies.domain.resolving import fold
from regencies.imports.reader import Problems, Row, read
from regencies.models import Area, FormerCode, Kind, Province, Regency, RegencyAlias

FOLDER = Path(__file__).resolve().parent.parent / "data"

#: Fields that a file calls otherwise, for naming the column of a problem.
FILE_COLUMNS: dict[type[models.Model], dict[str, str]] = {
    FormerCode: {"code": "former_code"},
    RegencyAlias: {"key": "name"},
}


@dataclass
class Loaded:
    """What a load found in the files and did to the database."""

    provinces: int = 0
    regencies: int = 0
    aliases: int = 0
    former_codes: int = 0
    areas: int = 0
    new: int = 0
    changed: int = 0


@transaction.atomic
def load(folder: Path = FOLDER) -> Loaded:
    """Bring the database up to the files: all of it or, with ``ImportRefusedError``, nothing."""
    return _Load(folder).run()


class _Load:
    """One load: its files, what was wrong so far and what was written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems = Problems()
        self.loaded = Loaded()
        self.provinces: dict[str, Province] = {}
        self.regencies: dict[str, Regency] = {}

    def run(self) -> Loaded:
        self._load_provinces()
        self._load_regencies()
        self._load_provincial_governments()
        self._load_aliases()
        self._load_former_codes()
        self._load_areas()
        self.problems.refuse_if_any()
        return self.loaded

    def _load_provinces(self) -> None:
        columns = ("code", "name", "iso_code", "zone")
        self.provinces = _by(Province.objects.all(), "code")
        for row in read(self.folder / "provinces.csv", columns, key=["code"]):
            province = self.provinces.get(row["code"]) or Province()
            self.provinces[row["code"]] = province
            self._write(province, row, row.values)
            self.loaded.provinces += 1

    def _load_regencies(self) -> None:
        names = ("code", "kind", "name", "official_name")
        conveniences = ("capital", "latitude", "longitude")
        columns = (*names, "province", "is_administrative", *conveniences)
        self.regencies = _by(Regency.objects.with_place(), "code")
        for row in read(self.folder / "regencies.csv", columns, key=["code"]):
            if row["is_administrative"] not in {"0", "1"}:
                self.problems.add(row, "is_administrative", "write 0 or 1")
            values: dict[str, Any] = {name: row[name] for name in names}
            values["is_administrative"] = row["is_administrative"] == "1"
            fill = {name: row[name] or None for name in conveniences} | {"capital": row["capital"]}
            self._write_regency(row, row["province"], values, fill=fill)

    def _load_provincial_governments(self) -> None:
        columns = ("code", "name", "official_name")
        for row in read(self.folder / "provincial_governments.csv", columns, key=["code"]):
            self._write_regency(row, row["code"], row.values | {"kind": Kind.PROVINSI})

    def _write_regency(
        self,
        row: Row,
        province_code: str,
        values: dict[str, Any],
        fill: dict[str, Any] | None = None,
    ) -> None:
        self.loaded.regencies += 1
        regency = self.regencies.get(row["code"]) or Regency()
        self.regencies[row["code"]] = regency
        province = self.provinces.get(province_code)
        if province is None:
            column = "province" if "province" in row.values else "code"
            self.problems.add(row, column, f"there is no province {province_code}")
        elif province.pk:  # otherwise its own row is refused already
            self._write(regency, row, values | {"province": province}, fill=fill)

    def _load_aliases(self) -> None:
        aliases = _by(RegencyAlias.objects.select_related("regency"), "key")
        lines: dict[str, int] = {}
        for row in read(self.folder / "aliases.csv", ("name", "code"), key=["name"]):
            key = fold(row["name"])
            if lines.setdefault(key, row.line) != row.line:
                self.problems.add(row, "name", f"is the spelling of line {lines[key]} again")
            elif regency := self._regency(row):
                alias = aliases.get(key) or RegencyAlias()
                self._write(alias, row, {"name": row["name"], "key": key, "regency": regency})
            self.loaded.aliases += 1

    def _load_former_codes(self) -> None:
        codes = _by(FormerCode.objects.select_related("regency"), "code")
        columns = ("former_code", "code", "until")
        for row in read(self.folder / "former_codes.csv", columns, key=["former_code"]):
            if regency := self._regency(row):
                former = codes.get(row["former_code"]) or FormerCode()
                values = {"code": row["former_code"], "until": row["until"] or None}
                self._write(former, row, values | {"regency": regency})
            self.loaded.former_codes += 1

    def _load_areas(self) -> None:
        areas = _by(Area.objects.prefetch_related("regencies"), "slug")
        rows = read(self.folder / "areas.csv", ("slug", "name", "code"), key=["slug", "code"])
        for row in rows:
            area = areas.setdefault(row["slug"], Area())
            self._write(area, row, {"slug": row["slug"], "name": row["name"]})
            regency = self._regency(row)
            if area.pk and regency:
                self._add_member(area, regency)
        self.loaded.areas = len({row["slug"] for row in rows})

    def _add_member(self, area: Area, regency: Regency) -> None:
        if regency not in area.regencies.all():
            area.regencies.add(regency)
            self.loaded.new += 1

    def _regency(self, row: Row) -> Regency | None:
        regency = self.regencies.get(row["code"])
        if regency is None:
            self.problems.add(row, "code", f"there is no regency {row['code']}")
        return regency if regency and regency.pk else None

    def _write(
        self,
        instance: models.Model,
        row: Row,
        values: dict[str, Any],
        *,
        fill: dict[str, Any] | None = None,
    ) -> None:
        """Save what differs from the row; ``fill`` only where the database has nothing yet."""
        empty = {n: v for n, v in (fill or {}).items() if getattr(instance, n) in (None, "")}
        before = _state(instance)
        for name, value in (values | empty).items():
            setattr(instance, name, value)
        with self.problems.of(row, FILE_COLUMNS.get(type(instance))):
            instance.clean_fields(exclude=_relations(instance))
            if _state(instance) == before:
                return
            is_new = instance.pk is None
            instance.full_clean()
            instance.save()
            self.loaded.new += is_new
            self.loaded.changed += not is_new


def _by(rows: Any, name: str) -> dict[str, Any]:
    return {getattr(row, name): row for row in rows}


def _relations(instance: models.Model) -> list[str]:
    return [field.name for field in instance._meta.fields if field.is_relation]


def _state(instance: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(instance, field.attname) for field in instance._meta.fields}
