"""The whole main job on a real participation: Kabupaten Grobogan, 2018, Bimtek I.

An officer fills it in on a phone, the signer submits, the ministry returns it once with a
reason and then verifies and publishes it, and a dashboard reads the same as the page says.
"""

import datetime as dt
import json
import re
from urllib.request import urlopen

import pytest
from django.core.management import call_command
from django.utils import timezone, translation
from django.utils.formats import date_format
from playwright.sync_api import expect

from programs.models import BimtekStage
from regencies.access import Role
from regencies.models import Regency
from tests import factories

pytestmark = pytest.mark.browser

STATUS_WORDS = {"verified": "Terverifikasi"}
REASON = "Analisis SWOT belum memuat bidang ekonomi."


@pytest.fixture
def grobogan(portal):
    call_command("load_reference", verbosity=0)
    call_command("load_cohorts", verbosity=0)
    return Regency.objects.get(code="33.15")


@pytest.fixture
def stage(grobogan):
    return BimtekStage.objects.get(
        participation__regency=grobogan,
        participation__cohort__slug="2018",
        definition__number=1,
    )


@pytest.fixture
def people(grobogan):
    return {
        "officer": factories.make_user("officer@test.example", Role.OFFICER, regency=grobogan),
        "signer": factories.make_user("signer@test.example", Role.SIGNER, regency=grobogan),
        "ministry": factories.make_user("ministry@test.example", Role.MINISTRY),
    }


def fill_in(page, say):
    """The officer's form, dates as day, month and year."""
    first_day = page.get_by_role("group", name=say("First day"))
    for label, typed in (("Day", "9"), ("Month", "Juli"), ("Year", "2018")):
        first_day.get_by_label(say(label), exact=True).fill(typed)
    page.get_by_label(say("On site"), exact=True).check()
    page.get_by_label(say("Place"), exact=True).fill("Pendopo Kabupaten, Purwodadi")
    page.get_by_label(say("From the Dewan Smart City"), exact=True).fill("18")
    page.get_by_label(say("From the Tim Pelaksana"), exact=True).fill("32")
    page.get_by_role("button", name=say("Save draft"), exact=True).click()


def upload_all(page, stage, say, axe):
    for output in stage.outputs.select_related("requirement"):
        link = page.get_by_role("link", name=f"{say('Upload')} {output.requirement.title}")
        link.click()
        axe(page)
        file = {"name": f"{output.requirement.slug}.pdf", "mimeType": "application/pdf"}
        page.locator("input[type=file]").set_input_files(
            [file | {"buffer": factories.PDF + output.requirement.slug.encode()}]
        )
        page.get_by_role("button", name=say("Upload the file")).click()
        expect(page.get_by_role("alert")).to_contain_text(file["name"])


def submit(page, stage, say):
    page.goto(stage.get_absolute_url())
    page.get_by_role("button", name=say("Check and submit")).click()
    page.get_by_role("button", name=say("Submit for verification")).click()
    heading = say("%(number)s is submitted") % {"number": "Bimtek I"}
    expect(page.get_by_role("heading", name=heading)).to_be_visible()


def review(page, button, say, reason=None):
    """One step in the admin: from what waits, through the page that asks, to the result."""
    page.goto("/workspace/")
    page.get_by_role("link", name=re.compile("Grobogan: Bimtek I,")).click()
    page.get_by_role("button", name=say("Review in the administration")).click()
    take_step(page, button, say, reason)


def take_step(page, button, say, reason=None):
    page.get_by_role("link", name=f"{say(button)}…").click()
    if reason:
        page.get_by_label(say("Reason")).fill(reason)
    page.get_by_role("button", name=say(button), exact=True).click()
    expect(page.get_by_role("table", name=say("What came of it"))).to_be_visible()


def in_words(moment):
    """A date or a time of the API as the page says it, in the portal's own zone."""
    day = dt.datetime.fromisoformat(moment)
    if day.tzinfo:
        day = timezone.localtime(day)
    with translation.override("id"):
        return date_format(day, "j F Y")


def test_the_main_job_from_draft_to_dashboard(
    phone, open_page, people, stage, sign_in, say, axe, portal
):
    # The officer, on a phone: what is owed, the form, the documents, the answers.
    sign_in(phone, people["officer"].email)
    expect(phone.get_by_role("heading", name=say("To do"))).to_be_visible()
    axe(phone)
    phone.get_by_role("link", name=re.compile("^Bimtek I: ")).click()
    axe(phone)
    phone.get_by_role("button", name=say("Fill in the stage")).click()
    axe(phone)
    fill_in(phone, say)
    upload_all(phone, stage, say, axe)
    phone.get_by_role("button", name=say("Check the answers")).click()
    axe(phone)
    expect(phone.get_by_role("button", name=say("Submit for verification"))).to_have_count(0)

    # The signer submits; the ministry returns it with a reason.
    signer = open_page()
    sign_in(signer, people["signer"].email)
    submit(signer, stage, say)
    axe(signer)
    ministry = open_page()
    sign_in(ministry, people["ministry"].email)
    axe(ministry)
    review(ministry, "Return", say, REASON)
    axe(ministry)

    # The officer reads why, repairs it, and the signer submits again.
    phone.goto(stage.get_absolute_url())
    expect(phone.get_by_role("region", name=say("Returned by the ministry"))).to_contain_text(
        REASON
    )
    axe(phone)
    phone.goto(f"{stage.get_absolute_url()}edit/")
    phone.get_by_label(say("Place"), exact=True).fill("Hotel Front One, Purwodadi")
    phone.get_by_role("button", name=say("Save draft"), exact=True).click()
    submit(signer, stage, say)

    # The ministry verifies and publishes.
    review(ministry, "Verify", say)
    ministry.goto(f"/admin/programs/bimtekstage/{stage.pk}/change/")
    axe(ministry)
    take_step(ministry, "Publish", say)

    # The dashboard, without an account, reads what the pages say.
    with urlopen(f"{portal}/api/v1/stages/{stage.pk}/") as response:
        data = json.load(response)
    page = open_page()
    page.goto("/regencies/33.15/")
    axe(page)
    row = page.locator(".govuk-summary-list__row", has_text="Bimtek I:")
    shown = " ".join(row.inner_text().split())
    assert shown == (
        f"Bimtek I: {data['title']} Dilaksanakan {in_words(data['starts_on'])}, {data['venue']} "
        f"· {data['attendance']} orang {STATUS_WORDS[data['status']]} "
        f"oleh kementerian pada {in_words(data['verified_at'])}"
    )
    assert {name: data[name] for name in ("regency", "cohort", "number", "status", "is_late")} == {
        "regency": "33.15",
        "cohort": "2018",
        "number": 1,
        "status": "verified",
        "is_late": False,
    }
    assert (data["starts_on"], data["mode"], data["council_count"], data["team_count"]) == (
        "2018-07-09",
        "onsite",
        18,
        32,
    )

    # And everybody in sight can follow what happened, by whom, through which door.
    signer.goto(f"{stage.get_absolute_url()}#history")
    deeds = signer.locator(".portal-history__what").all_inner_texts()
    assert [deed.partition(" ")[2] for deed in deeds if "@" in deed][:6] == [
        say("published the stage"),
        say("verified the stage"),
        say("submitted the stage"),
        say("saved changes"),
        say("returned the stage"),
        say("submitted the stage"),
    ]
