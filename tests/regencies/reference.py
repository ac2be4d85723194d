"""The shipped reference files as unsaved rows: the resolver needs no database."""

import csv
from functools import cache
from pathlib import Path

from regencies.domain.resolving import Resolver
from regencies.models import Province, Regency

FOLDER = Path(__file__).resolve().parents[2] / "regencies" / "data"


@cache
def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def provinces():
    return {
        row["code"]: Province(pk=number, code=row["code"], name=row["name"])
        for number, row in enumerate(rows("provinces.csv"), start=1)
    }


@cache
def regencies():
    places = [
        Regency(
            code=row["code"],
            kind=row["kind"],
            name=row["name"],
            official_name=row["official_name"],
            province=provinces()[row["province"]],
            is_administrative=row["is_administrative"] == "1",
        )
        for row in rows("regencies.csv")
    ]
    return places + [
        Regency(kind="provinsi", province=provinces()[row["code"]], **row)
        for row in rows("provincial_governments.csv")
    ]


@cache
def resolver():
    return Resolver(
        regencies(),
        aliases=[(row["name"], row["code"]) for row in rows("aliases.csv")],
        former_codes=[(row["former_code"], row["code"]) for row in rows("former_codes.csv")],
    )
