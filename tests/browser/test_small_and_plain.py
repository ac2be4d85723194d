"""The officer's job on the smallest screen, and without any JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.browser

SMALL = {"width": 320, "height": 640}


@pytest.fixture
def stage(portal):
    return factories.stage_of(factories.make_participation())


@pytest.fixture
def signer(stage):
    return factories.make_signer(stage.participation.regency)


def test_a_stage_is_handed_in_without_javascript(open_page, stage, signer, sign_in, say):
    page = open_page(SMALL, java_script_enabled=False)
    sign_in(page, signer.email)
    page.goto(reverse("programs:stage-edit", args=[stage.pk]))

    for part, typed in (("day", "7"), ("month", "Mei"), ("year", "2018")):
        page.locator(f"#id_starts_on_{part}").fill(typed)
    page.get_by_label(say("Online"), exact=True).check()
    page.get_by_label(say("From the Tim Pelaksana"), exact=True).fill("30")
    page.get_by_role("button", name=say("Save and check the answers")).click()
    page.get_by_role("link", name=say("Upload “%s”.") % "Buku 1").click()
    file = {"name": "buku.pdf", "mimeType": "application/pdf", "buffer": factories.PDF}
    page.locator("input[type=file]").set_input_files([file])
    page.get_by_role("button", name=say("Upload the file")).click()
    page.get_by_role("button", name=say("Check and submit")).click()
    page.get_by_role("button", name=say("Submit for verification")).click()

    heading = say("%(number)s is submitted") % {"number": "Bimtek I"}
    expect(page.get_by_role("heading", name=heading)).to_be_visible()


def test_no_page_of_the_officer_scrolls_sideways_at_320(open_page, stage, signer, sign_in, axe):
    page = open_page(SMALL)
    sign_in(page, signer.email)
    stage_pages = [f"{stage.get_absolute_url()}{end}" for end in ("", "edit/", "check/")]
    output = stage.outputs.get().get_absolute_url()
    places = ["/", "/workspace/", "/cohorts/2018/", "/cohorts/2018/matrix/", "/account/tokens/"]

    for address in [*places, *stage_pages, output, stage.participation.get_absolute_url()]:
        page.goto(address)
        axe(page)
