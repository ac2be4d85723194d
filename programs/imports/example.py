"""Example data for trying the portal: a cohort of its own, in which every status can be seen.

Every step goes through the domain, as a person would take it. No real participation is
touched, but that the example expert is assigned to one.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from programs.domain import editing, opening, outputs, stages
from programs.imports import example_people
from programs.imports.definitions import REQUIREMENT_COLUMNS, STAGE_COLUMNS
from programs.imports.example_people import Person
from programs.imports.loading import FOLDER
from programs.models import (
    Assignment,
    BimtekStage,
    Cohort,
    Mode,
    Output,
    Participation,
    Program,
    Requirement,
    StageDefinition,
)
from regencies.access import Role
from regencies.errors import RuleError
from regencies.imports.reader import read
from regencies.models import Regency, User

SLUG = "contoh-2026"
YEAR = 2026
REAL_YEAR = 2018  # the real cohort in which the expert accompanies the first regency
DUE_IN_DAYS = {1: -60, 2: -20, 3: 10, 4: 45}
HELD_IN_DAYS = {1: -75, 2: -30}
MARK = "DATA CONTOH"
REASON = "Data contoh: lembar program Dinas Kesehatan belum ada. Lengkapi, lalu kirim kembali."


@transaction.atomic
def load(password: str) -> list[Person]:
    """Make the example accounts and, once, the example cohort; returns the people.

    Raises ``RuleError`` where the reference data or the real cohorts are missing.
    """
    people = example_people.ensure(password)
    if not Cohort.objects.filter(slug=SLUG).exists():
        _play(_make_cohort(), people)
    _assign_expert(people)
    return people


def pdf(lines: Sequence[str]) -> bytes:
    """A valid PDF of one page with these lines of text."""
    shown = " T* ".join(f"({_escaped(line)}) Tj" for line in lines)
    text = f"BT /F1 16 Tf 24 TL 72 770 Td {shown} ET".encode("latin-1", "replace")
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 6 0 R /Contents 4 0 R>>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    file, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(bodies) + 1
    return file + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(file))
    )


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _make_cohort() -> Cohort:
    program, _ = Program.objects.get_or_create(slug="contoh", defaults={"name": "Program contoh"})
    cohort = Cohort.objects.create(
        program=program,
        slug=SLUG,
        year=YEAR,
        phase="Angkatan contoh",
        note="Data contoh untuk mencoba portal; bukan angkatan yang sungguh ada.",
        is_example=True,
    )
    _define_stages(cohort)
    for regency in Regency.objects.filter(code__in=example_people.CODES):
        Participation.objects.create(cohort=cohort, regency=regency, note="Data contoh.")
    opening.open_stages(cohort, by=None)
    return cohort


def _define_stages(cohort: Cohort) -> None:
    """The stages of the real cohorts, with due dates on both sides of today."""
    today = timezone.localdate()
    requirements = read(FOLDER / "requirements.csv", REQUIREMENT_COLUMNS, key=["stage", "slug"])
    for row in read(FOLDER / "stages.csv", STAGE_COLUMNS, key=["number"]):
        due_on = today + dt.timedelta(days=DUE_IN_DAYS[int(row["number"])])
        definition = StageDefinition.objects.create(cohort=cohort, due_on=due_on, **row.values)
        for requirement in requirements:
            if requirement["stage"] == row["number"]:
                values = {k: v for k, v in requirement.values.items() if k != "stage"}
                Requirement.objects.create(definition=definition, **values)


def _play(cohort: Cohort, people: list[Person]) -> None:
    """The first regency: verified, returned, begun, empty. The second waits for the ministry."""
    ministry = next(person.user for person in people if person.role == Role.MINISTRY)
    first, second = cohort.participations.select_related("regency")
    officer, signer = _hands(people, first)

    stages.submit(_complete(first, 1, by=officer), by=signer)
    stages.verify(_stage(first, 1), by=ministry)
    stages.submit(_complete(first, 2, by=officer), by=signer)
    stages.return_for_repair(_stage(first, 2), by=ministry, reason=REASON)
    _edit(_stage(first, 3), by=officer, mode=Mode.ONSITE, venue="Aula contoh")
    _attach(_stage(first, 3).outputs.all()[0], by=officer)

    officer, signer = _hands(people, second)
    stages.submit(_complete(second, 1, by=officer), by=signer)


def _hands(people: list[Person], participation: Participation) -> list[User]:
    """The officer and the signer of a regency."""
    place = str(participation.regency)
    return [
        next(person.user for person in people if (person.role, person.place) == (role, place))
        for role in (Role.OFFICER, Role.SIGNER)
    ]


def _stage(participation: Participation, number: int) -> BimtekStage:
    return participation.stages.get(definition__number=number)


def _complete(participation: Participation, number: int, *, by: User) -> BimtekStage:
    stage = _stage(participation, number)
    for output in stage.outputs.all():
        _attach(output, by=by)
    starts_on = timezone.localdate() + dt.timedelta(days=HELD_IN_DAYS[number])
    return _edit(
        stage,
        by=by,
        starts_on=starts_on,
        ends_on=starts_on + dt.timedelta(days=1),
        mode=Mode.ONSITE,
        venue="Aula contoh",
        council_count=12,
        team_count=28,
        other_count=5,
        notes="Data contoh.",
    )


def _edit(stage: BimtekStage, *, by: User, **fields: Any) -> BimtekStage:
    return editing.edit(stage, by=by, revision=stage.revision, **fields)


def _attach(output: Output, *, by: User) -> None:
    place = str(output.stage.participation.regency)
    content = pdf([MARK, output.requirement.title, place])
    upload = ContentFile(content, name=f"Contoh {output.requirement.title}.pdf")
    outputs.attach(output, by=by, upload=upload, note="Data contoh.")


def _assign_expert(people: list[Person]) -> None:
    expert = next(person.user for person in people if person.role == Role.EXPERT)
    real = Q(cohort__year=REAL_YEAR, cohort__is_example=False)
    accompanied = Participation.objects.filter(
        real | Q(cohort__slug=SLUG), regency__code=example_people.CODES[0]
    )
    if not accompanied.filter(real).exists():
        raise RuleError("Run load_cohorts first.")
    for participation in accompanied:
        Assignment.objects.get_or_create(participation=participation, expert=expert)
