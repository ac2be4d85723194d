"""Pillars, masterplans with their books, initiatives with their years and claims."""

import datetime as dt

from django.utils import timezone

from programs.domain import claims
from programs.domain.pillars import fold
from programs.models import (
    Book,
    BookDefinition,
    BookSection,
    Initiative,
    LegalInstrument,
    Masterplan,
    Pillar,
    PillarAlias,
    ProgressClaim,
    SectionDefinition,
    SubDimension,
    SupportingAgency,
    YearPlan,
)
from regencies.access import Role
from regencies.models import Area
from tests import factories

EXCHANGED = ["masterplan", "legalinstrument", "bookdefinition", "book", "initiative", "yearplan"]
DELETED = {"legalinstrument", "book", "yearplan"}  # an initiative with claims stays
#: list, add, change, delete, history
ADMIN = {
    f"programs_{noun}": f"200 200 200 {200 if noun in DELETED else 403} 200" for noun in EXCHANGED
} | {
    "programs_pillar": "200 403 200 403 200",
    "programs_progressclaim": "200 403 200 403 200",
}

OWN, OWN_ADDRESSES = {}, {}
for _noun in EXCHANGED:
    OWN |= {
        (f"programs_{_noun}_import", "get"): 200,
        (f"programs_{_noun}_import", "post"): 200,
        (f"programs_{_noun}_process_import", "get"): 302,
        (f"programs_{_noun}_process_import", "post"): 302,
    }
for _noun in [*EXCHANGED, "pillar", "progressclaim"]:  # the last two only leave
    OWN |= {
        (f"programs_{_noun}_export", "get"): 200,
        (f"programs_{_noun}_export", "post"): 405,
    }
    OWN_ADDRESSES[f"programs_{_noun}_export"] = lambda rows: (["csv"], {})

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


def make_law(plan, form="perbup", number="91 Tahun 2018", **fields):
    return LegalInstrument.objects.create(
        masterplan=plan, form=form, number_as_printed=number, **fields
    )


def rows(world):
    """One row of each model of the admin."""
    plan = make_plan(world.participation)
    definition = make_definition(world.cohort, 1, "Kesiapan")
    initiative = make_initiative(plan)
    return {
        "programs_pillar": initiative.pillar,
        "programs_masterplan": plan,
        "programs_legalinstrument": make_law(plan),
        "programs_bookdefinition": definition,
        "programs_book": make_book(plan, definition),
        "programs_initiative": initiative,
        "programs_yearplan": make_year(initiative),
        "programs_progressclaim": make_claim(initiative),
    }


class Plans:
    """The rows that a constraint is tried on."""

    def __init__(self, world):
        self.world = world
        self.plan = make_plan(world.participation)

    @property
    def initiative(self):
        return Initiative.objects.first() or make_initiative(self.plan)

    def twice(self, make):
        make()
        make()

    def section(self, **fields):
        book = make_book(self.plan, make_definition(self.world.cohort, 1, "Kesiapan"))
        definition = book.definition.sections.get()
        return lambda: BookSection.objects.create(book=book, definition=definition, **fields)

    def joint(self):
        plan = make_joint_plan(self.world.cohort)
        return Masterplan.objects.create(area=plan.area, cohort=plan.cohort, title="Lagi")

    def help(self):
        agency = factories.make_agency(self.world.regency)
        initiative = self.initiative
        self.twice(lambda: SupportingAgency.objects.create(initiative=initiative, agency=agency))

    def claim(self, **fields):
        """A claim of the world's signer, beside the domain."""
        given = {
            "initiative": self.initiative, "percent": 1, "as_of": dt.date(2019, 6, 30),
            "claimed_at": timezone.now(), "claimed_by": self.world.signer,
        }  # fmt: skip
        return ProgressClaim.objects.create(**given | fields)

    def decide(self, **fields):
        ProgressClaim.objects.filter(pk=self.claim().pk).update(**fields)


def _parts(world, **fields):
    given = {"pillar": make_pillar(), "position": 2, "slug": "energi", "name": "Energi"}
    return SubDimension.objects.create(**given | fields)


def _definition(world, **fields):
    given = {"cohort": world.cohort, "number": 1, "title": "Judul"}
    return BookDefinition.objects.create(**given | fields)


def _verified(world, by):
    return {"verified_at": timezone.now(), "verified_by": by}


BREAK = {
    "programs_pillar_is_one_of_six": lambda w: make_pillar("mobility", 7),
    "programs_subdimension_position_once": lambda w: (make_part(make_pillar()), _parts(w)),
    "programs_subdimension_is_one_of_three": lambda w: _parts(w, position=4),
    "programs_masterplan_of_a_region_or_an_area": lambda w: Masterplan.objects.create(
        cohort=w.cohort, title="x"
    ),
    "programs_masterplan_version_once": lambda w: (
        make_plan(w.participation),
        make_plan(w.participation),
    ),
    "programs_masterplan_joint_version_once": lambda w: Plans(w).joint(),
    "programs_masterplan_years_in_order": lambda w: make_plan(w.participation, last_year=2017),
    "programs_legalinstrument_number_once": lambda w: Plans(w).twice(
        lambda: make_law(Masterplan.objects.get())
    ),
    "programs_bookdefinition_number_once": lambda w: (_definition(w), _definition(w)),
    "programs_bookdefinition_number_1_to_4": lambda w: _definition(w, number=5),
    "programs_sectiondefinition_title_once": lambda w: make_definition(w.cohort, 1, "x", "x"),
    "programs_book_definition_once": lambda w: (
        book := make_book(Plans(w).plan),
        make_book(book.masterplan, book.definition),
    ),
    "programs_booksection_definition_once": lambda w: (p := Plans(w)).twice(p.section(text="x")),
    "programs_booksection_says_something": lambda w: Plans(w).section()(),
    "programs_initiative_name_once": lambda w: (
        p := Plans(w),
        make_initiative(p.plan),
        make_initiative(p.plan),
    ),
    "programs_initiative_stopped_says_why": lambda w: make_initiative(
        Plans(w).plan, state="stopped", stopped_on=dt.date(2020, 1, 1)
    ),
    "programs_supportingagency_once": lambda w: Plans(w).help(),
    "programs_yearplan_source_once_a_year": lambda w: (
        initiative := Plans(w).initiative,
        make_year(initiative),
        make_year(initiative),
    ),
    "programs_yearplan_year_is_near": lambda w: make_year(Plans(w).initiative, 1999),
    "programs_yearplan_money_not_negative": lambda w: make_year(
        Plans(w).initiative, planned="-0.01"
    ),
    "programs_progressclaim_percent_0_to_100": lambda w: Plans(w).claim(percent=101),
    "programs_progressclaim_verified_is_signed": lambda w: Plans(w).decide(verified_by=w.ministry),
    "programs_progressclaim_refused_says_why": lambda w: Plans(w).decide(
        refused_at=timezone.now(), refused_by=w.ministry
    ),
    "programs_progressclaim_verified_or_refused": lambda w: Plans(w).decide(
        **_verified(w, w.ministry),
        refused_at=timezone.now(),
        refused_by=w.ministry,
        refusal_reason="x",
    ),
    "programs_progressclaim_verifier_is_not_claimer": lambda w: Plans(w).decide(
        **_verified(w, w.signer)
    ),
}
