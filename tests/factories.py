"""Rows for tests: valid and boring; a test states only what it breaks."""

import datetime as dt
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile

from programs.domain import editing, opening, outputs, stages
from programs.models import (
    Cohort,
    Participation,
    Program,
    Publication,
    Requirement,
    Source,
    StageDefinition,
)
from regencies.access import Role
from regencies.models import Agency, Membership, Province, Regency, User

PASSWORD = "kata sandi untuk uji"
_numbers = count(1)


def make_province(code="33", **fields):
    defaults = {"name": f"Provinsi {code}", "iso_code": f"ID-{code}", "zone": "Asia/Jakarta"}
    return Province.objects.get_or_create(code=code, defaults=defaults | fields)[0]


def make_regency(code="33.15", **fields):
    kind = "kota" if code[3] in "789" else "kabupaten"
    defaults = {
        "kind": kind,
        "name": f"Daerah {code}",
        "official_name": f"{kind.title()} Daerah {code}",
        "province": make_province(code[:2]),
    }
    return Regency.objects.get_or_create(code=code, defaults=defaults | fields)[0]


def make_agency(regency, name="Dinas Komunikasi dan Informatika", **fields):
    return Agency.objects.get_or_create(regency=regency, name=name, defaults=fields)[0]


def make_user(email=None, role=None, **reach):
    """A person; with ``role``, a membership over ``reach`` (province, regency or agency)."""
    user = User.objects.create_user(email or f"person{next(_numbers)}@test.example", PASSWORD)
    if role:
        Membership.objects.create(user=user, role=role, starts_on=dt.date(2017, 1, 1), **reach)
    return user


def make_cohort(year=2018, publication=Publication.PUBLIC, **fields):
    """A cohort with four stages; each asks for one document, due on the 10th of May to August."""
    program = Program.objects.get_or_create(slug="gm100sc", defaults={"name": "Gerakan"})[0]
    defaults = {"slug": str(year), "phase": f"Tahap {year}", "publication": publication}
    cohort = Cohort.objects.create(program=program, year=year, **defaults | fields)
    for number in range(1, 5):
        definition = StageDefinition.objects.create(
            cohort=cohort,
            number=number,
            title=f"Tahap {number}",
            due_on=dt.date(year, 4 + number, 10),
        )
        Requirement.objects.create(
            definition=definition, slug=f"buku-{number}", title=f"Buku {number}"
        )
    return cohort


def make_participation(regency=None, cohort=None, publication=Publication.PUBLIC, **fields):
    """A participation with its stages opened."""
    cohort = cohort or Cohort.objects.filter(year=2018).first() or make_cohort()
    participation = Participation.objects.create(
        regency=regency or make_regency(), cohort=cohort, publication=publication, **fields
    )
    opening.open_stages(cohort, by=None)
    return participation


def stage_of(participation, number=1):
    return participation.stages.get(definition__number=number)


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def pdf(name="Buku I.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


SESSION = {
    "starts_on": dt.date(2018, 5, 7),
    "ends_on": dt.date(2018, 5, 8),
    "mode": "onsite",
    "venue": "Pendopo Kabupaten",
    "council_count": 12,
    "team_count": 30,
    "other_count": 5,
    "notes": "Catatan untuk kementerian.",
}


def complete(stage, by):
    """Fill in all a stage needs to be submitted."""
    for output in stage.outputs.all():
        outputs.attach(output, by=by, upload=pdf())
    return editing.edit(stage, by=by, revision=stage.revision, **SESSION)


def make_signer(regency):
    return make_user(role=Role.SIGNER, regency=regency)


def make_submitted(stage, by=None):
    """A stage handed in by a signer of its region."""
    signer = by or make_signer(stage.participation.regency)
    return stages.submit(complete(stage, by=signer), by=signer)


def make_source(address="https://example.org/berita"):
    return Source.objects.get_or_create(address=address, defaults={"publisher": "Koran"})[0]
