"""A list comes by file: what the page says meanwhile, and that one press is one import."""

from django.urls import reverse
from playwright.sync_api import expect

from regencies.models import Agency
from tests import factories
from tests.regencies.imports.workbooks import book

HEAD = ["regency", "name", "abbreviation"]


def choose(page, say, *rows):
    file = {"name": "daftar.xlsx", "mimeType": "", "buffer": book(HEAD, *rows)}
    page.get_by_label(say("XLSX or CSV file")).set_input_files(file)


def test_a_file_under_work_says_so_and_is_sent_once(
    page, portal, regency, ministry, sign_in, say, axe
):
    sign_in(page, ministry.email)
    page.goto(portal + reverse("admin:regencies_agency_import"))
    choose(page, say, ["33.15", "Bappeda", ""])
    sent = []

    def without_content(route):  # the one answer after which a browser stays where it is
        sent.append(route.request.method)
        route.fulfill(status=204)

    page.route("**/import/", without_content)
    button = page.get_by_role("button", name=say("Check the file"))

    button.click()
    words = "The file is being read and checked. This can take a minute; leave this page open."
    expect(page.get_by_role("status").filter(has=page.locator("progress"))).to_have_text(
        say(words)
    )
    button.click(force=True)
    axe(page)

    assert sent == ["POST"]


def test_an_import_needs_no_script(open_page, portal, regency, ministry, sign_in, say):
    factories.make_agency(regency, "Bappeda")
    page = open_page(java_script_enabled=False)
    sign_in(page, ministry.email)
    page.goto(portal + reverse("admin:regencies_agency_import"))
    choose(page, say, ["33.15", "Bappeda", "BPD"])

    page.get_by_role("button", name=say("Check the file")).click()
    page.get_by_role("button", name=say("Import")).click()

    page.wait_for_url("**" + reverse("admin:regencies_agency_changelist"))
    assert Agency.objects.get().abbreviation == "BPD"
