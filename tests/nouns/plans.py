"""Pillars, masterplans with their books, initiatives with their years and claims."""

import datetime as dt

from programs.domain import claims
from programs.domain.pillars import fold
from programs.models import (
    Book,
    BookDefinition,
    Initiative,
    Masterplan,
    Pillar,
    PillarAlias,
    SectionDefinition,
    SubDimension,
    YearPlan,
)
from regencies.access import Role
from regencies.models import Area
from tests import factories

SIX = ["governance", "branding", "economy", "living", "society", "environment"]


def make_pillars():
    """The six, as the portal ships them."""
    for position, slug in enumerate(SIX, 1):
        make_pillar(slug, position)
    return list(Pillar.objects.all())


def make_pillar(slug="environment", position=6):
    name = f"Smart {slug.title()}"
    return Pillar.objects.get_or_create(slug=slug, defaults={"position": position, "name": name})[
        0
    ]


def make_part(pillar, position=2, slug="sampah", name="Sampah"):
    defaults = {"pillar": pillar, "position": position, "name": name}
    return SubDimension.objects.get_or_create(slug=slug, defaults=defaults)[0]


def make_alias(pillar, name="Lingkungan Cerdas"):
    return PillarAlias.objects.create(pillar=pillar, name=name, key=fold(name))


def make_plan(participation, version=1, **fields):
    given = {"title": "Masterplan Smart City", "first_year": 2018, "last_year": 2023} | fields
    return Masterplan.objects.create(participation=participation, version=version, **given)


def make_joint_plan(cohort, *regencies, slug="danau-toba", **fields):
    area = Area.objects.create(slug=slug, name=slug.title())
    area.regencies.set(regencies)
    given = {"title": "Masterplan Kawasan", "first_year": 2021, "last_year": 2026} | fields
    return Masterplan.objects.create(area=area, cohort=cohort, **given)


def make_definition(cohort, number=1, *sections, **fields):
    """A book of the cohort; ``sections`` are the titles of its mandatory ones."""
    book = BookDefinition.objects.create(
        cohort=cohort, number=number, title=f"Judul buku {number}", **fields
    )
    for position, title in enumerate(sections, 1):
        SectionDefinition.objects.create(book=book, position=position, title=title)
    return book


def make_book(plan, definition=None, **fields):
    definition = definition or make_definition(plan.definitions)
    return Book.objects.create(masterplan=plan, definition=definition, **fields)


def make_initiative(plan, name="Bank Sampah Digital", **fields):
    given = {"pillar": make_pillar()} | fields
    return Initiative.objects.create(masterplan=plan, name=name, **given)


def make_year(initiative, year=2019, planned="250000000.00", **fields):
    return YearPlan.objects.create(initiative=initiative, year=year, planned=planned, **fields)


def make_claim(initiative, by=None, percent=40, **fields):
    """A claim by an officer of the initiative's region."""
    by = by or factories.make_user(
        role=Role.OFFICER, regency=initiative.masterplan.participation.regency
    )
    given = {"as_of": dt.date(2019, 6, 30), "note": "Aplikasi dipakai."} | fields
    return claims.claim(initiative, by=by, percent=percent, **given)
