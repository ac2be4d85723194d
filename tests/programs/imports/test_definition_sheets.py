"""Cohorts, stages and required outputs as files; published definitions stay."""

import datetime as dt

import pytest
from django.utils import timezone

from programs.imports.sheets.definitions import (
    CohortSheet,
    ProgramSheet,
    RequirementSheet,
    StageDefinitionSheet,
)
from programs.models import Cohort, Requirement, StageDefinition
from regencies.imports.sheets import reading, writing
from tests import factories
from tests.regencies.imports.workbooks import book

REQUIREMENT = ["cohort", "stage", "slug", "title", "position", "is_mandatory"]


@pytest.fixture
def cohort(db):
    return factories.make_cohort(2019)


def load(content, user, sheet):
    return sheet(user).load(reading.read(content), write=True)


def publish(cohort, by):
    cohort.definitions_published_at, cohort.definitions_published_by = timezone.now(), by
    cohort.save()


@pytest.mark.parametrize(
    "sheet", [ProgramSheet, CohortSheet, StageDefinitionSheet, RequirementSheet]
)
def test_what_leaves_comes_back_unchanged_published_or_not(sheet, cohort, ministry):
    publish(cohort, ministry)
    out = sheet(ministry)
    found = out._meta.model._default_manager.all()
    content = writing.xlsx(out.columns, list(out.export(out.with_related(found))))

    outcome = load(content, ministry, sheet)

    assert outcome.problems == []
    assert outcome.written == []
    assert outcome.counts["same"] == found.count()


def test_a_cohort_comes_by_file_and_stays_internal(cohort, ministry):
    head = ["slug", "program", "year", "phase", "official_size", "memoranda_signed_on"]

    load(book(head, [2020, "gm100sc", 2020, "Tahap IV", 48, "2020-05-12"]), ministry, CohortSheet)

    new = Cohort.objects.get(slug="2020")
    assert (new.program, new.official_size) == (cohort.program, 48)
    assert (new.memoranda_signed_on, new.publication) == (dt.date(2020, 5, 12), "internal")


def test_a_cohort_file_has_no_column_for_publishing():
    names = CohortSheet.Meta.fields
    assert [name for name in names if "publi" in name or "example" in name] == []


def test_the_same_year_twice_is_told_in_the_row(cohort, ministry):
    head = ["slug", "program", "year", "phase"]

    outcome = load(book(head, ["lagi", "gm100sc", 2019, "x"]), ministry, CohortSheet)

    assert [(p.line, p.text) for p in outcome.problems] == [
        (2, "Program ini sudah memiliki angkatan untuk tahun itu.")
    ]


def test_a_draft_cohort_gets_its_stages_and_outputs_by_file(cohort, ministry):
    stages = book(["cohort", "number", "title"], ["2019", "Bimtek II", "Menyusun buku"])
    outputs = book(REQUIREMENT, ["2019", 2, "buku-3", "Buku 3", 3, "tidak"])

    assert load(stages, ministry, StageDefinitionSheet).counts["changed"] == 1
    assert load(outputs, ministry, RequirementSheet).counts["new"] == 1

    stage = StageDefinition.objects.get(cohort=cohort, number=2)
    assert stage.title == "Menyusun buku"
    made = stage.requirements.get(slug="buku-3")
    assert (made.title, made.position, made.is_mandatory) == ("Buku 3", 3, False)


def test_published_definitions_are_refused_row_by_row(cohort, ministry):
    publish(cohort, ministry)
    stages = book(["cohort", "number", "title"], ["2019", 1, "Lain"], ["2019", 2, "Tahap 2"])
    outputs = book(REQUIREMENT, ["2019", 1, "baru", "Baru", 2, "ya"])

    refused = load(stages, ministry, StageDefinitionSheet).problems
    assert [(p.line, p.column) for p in refused] == [(2, "cohort")]
    refused = load(outputs, ministry, RequirementSheet).problems
    assert [(p.line, p.column) for p in refused] == [(2, "cohort")]
    assert not Requirement.objects.filter(slug="baru").exists()


def test_an_output_of_a_stage_that_is_not_there_is_refused(cohort, ministry):
    cohort.stage_definitions.filter(number=4).delete()

    outcome = load(
        book(REQUIREMENT, ["2019", 4, "baru", "Baru", 1, "ya"]), ministry, RequirementSheet
    )

    assert [(p.line, p.column) for p in outcome.problems] == [(2, "stage")]
