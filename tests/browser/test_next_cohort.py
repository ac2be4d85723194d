"""Next year's cohort, opened by ministry staff on the guided path, without a line of code.

Copied from the last one, adjusted, published, joined by a region, opened; in the end the
region's officer finds the first task. On a desk and on a phone.
"""

import re

import pytest
from playwright.sync_api import expect

from programs.models import AssessmentCriterion, BookDefinition, Cohort, SectionDefinition
from regencies.access import Role
from tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture
def last_year(portal):
    cohort = factories.make_cohort(2024)
    book = BookDefinition.objects.create(cohort=cohort, number=1, title="Analisis Strategis")
    SectionDefinition.objects.create(book=book, title="Analisis kesenjangan")
    for slug in ("infrastruktur", "visi-pemimpin"):
        AssessmentCriterion.objects.create(cohort=cohort, slug=slug, title=f"Kriteria {slug}")
    return cohort


@pytest.fixture
def people(regency):
    return {
        "ministry": factories.make_user("ministry@test.example", Role.MINISTRY),
        "officer": factories.make_user("officer@test.example", Role.OFFICER, regency=regency),
    }


def begin(page, say, axe):
    """From the cohorts' list through the first page of the path."""
    page.goto("/admin/programs/cohort/")
    page.get_by_role("link", name=say("Open a new cohort step by step")).click()
    axe(page)
    expect(page.get_by_label(re.compile("^Tahun"))).to_have_value("2025")
    page.get_by_label(say("phase"), exact=False).fill("GMSC 2025")
    page.get_by_role("button", name=say("Copy and continue")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2025")
    axe(page)


def adjust(page, say):
    """Other dates, weights, and one more required output in stage II."""
    for number, day in enumerate(("2025-05-10", "2025-06-10", "2025-07-10", "2025-08-10")):
        page.get_by_label(re.compile(say("Due date of %s") % "Bimtek")).nth(number).fill(day)
    for number, weight in enumerate(("60", "40")):
        page.get_by_label(re.compile(say("Weight of %s") % "Kriteria")).nth(number).fill(weight)
    page.get_by_role("button", name=say("Save dates and weights")).click()
    expect(page.get_by_text(say("Dates and weights are saved."))).to_be_visible()

    page.get_by_role("link", name=f"{say('Edit')} Bimtek II", exact=True).click()
    page.get_by_label("Judul", exact=False).first.fill("Perumusan program 2025")
    page.get_by_role("button", name=re.compile("^Simpan$")).click()
    expect(page.get_by_text("Bimtek II: Perumusan program 2025")).to_be_visible()


def publish(page, say, axe):
    page.get_by_role("link", name=say("Publish the definitions…")).click()
    axe(page)
    page.get_by_role("button", name=say("Publish for good")).click()
    expect(page.get_by_text(re.compile("tidak berubah lagi")).first).to_be_visible()
    axe(page)


def add_participant(page, say, name):
    page.get_by_role("link", name=say("Add one")).click()
    page.locator(".field-regency .select2-selection").click()
    page.locator(".select2-dropdown .select2-search__field").fill(name)
    page.locator(".select2-results__option", has_text=name).click()
    page.get_by_role("button", name=re.compile("^Simpan$")).click()


def open_stages(page, say, axe, cohort):
    page.goto(f"/admin/programs/cohort/{cohort.pk}/prepare/")
    page.get_by_role("link", name=say("Open the stages…")).click()
    axe(page)
    page.get_by_role("button", name=say("Open the stages")).click()
    expect(page.locator(".messagelist")).to_contain_text("4")


def test_a_new_cohort_from_the_copy_to_the_officers_first_task(
    either, open_page, last_year, people, regency, sign_in, say, axe
):
    sign_in(either, people["ministry"].email)
    begin(either, say, axe)
    adjust(either, say)
    publish(either, say, axe)
    add_participant(either, say, "Grobogan")
    cohort = Cohort.objects.get(year=2025)
    open_stages(either, say, axe, cohort)

    officer = open_page()
    sign_in(officer, people["officer"].email)
    expect(officer.get_by_role("link", name=re.compile("^Bimtek I: "))).to_be_visible()
    assert [stage.due_on.isoformat() for stage in cohort.participations.get().stages.all()] == [
        "2025-05-10",
        "2025-06-10",
        "2025-07-10",
        "2025-08-10",
    ]
    assert [str(row.weight) for row in cohort.criteria.all()] == ["60.00", "40.00"]
    assert last_year.stage_definitions.get(number=2).title == "Tahap 2"
