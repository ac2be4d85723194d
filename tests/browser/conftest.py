"""A real Chromium on a real server; a test fails on anything that goes wrong in its pages."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.utils import translation

from tests.browser import chromium
from tests.browser.watching import Watch
from tests.factories import PASSWORD

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
GRAVE = {"serious", "critical"}


def pytest_configure(config):
    if not config.pluginmanager.has_plugin(chromium.__name__):  # named in addopts, or not
        config.pluginmanager.register(chromium, chromium.__name__)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """pytest-playwright's own fixture: which browser, and that it calls nobody."""
    return {"executable_path": chromium.find_chromium(), "args": FLAGS}


@pytest.fixture(scope="session")
def base_url():
    """Replaces the plugin's own, which this pytest warns about; contexts get ``portal``."""


@pytest.fixture
def portal(live_server):
    """The address of a running portal whose cache is empty."""
    cache.clear()
    return live_server.url


@pytest.fixture
def watch(portal):
    """What went wrong in the pages of this test; ``watch.expect("429")`` excuses a problem."""
    watching = Watch(portal)
    yield watching
    assert watching.verdict() == []


@pytest.fixture
def open_page(portal, watch, new_context):
    """Opens a page of a size in a browser of its own: other cookies, other person."""

    def open_one(viewport=DESKTOP, **options):
        context = new_context(
            viewport=viewport,
            base_url=portal,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            **options,
        )
        watch.attach(context)
        context.set_default_timeout(10_000)
        return context.new_page()

    return open_one


@pytest.fixture
def page(open_page):
    """A desk's page, 1280 wide."""
    return open_page(DESKTOP)


@pytest.fixture
def phone(open_page):
    """A phone's page, 360 wide."""
    return open_page(PHONE, has_touch=True)


@pytest.fixture(params=["desk", "phone"])
def either(request, open_page):
    """Both sizes, one after the other."""
    return open_page(PHONE if request.param == "phone" else DESKTOP)


@pytest.fixture
def axe(watch):
    """Fails on what keeps people out; CDP runs the checker, so the page's CSP stays as it is."""

    def check(page):
        before = len(watch.problems)
        found = Axe().run(page)
        page.evaluate("0")  # whatever the checker caused has been reported by now
        del watch.problems[before:]  # the page's CSP refuses the checker's own inline styles
        grave = [v for v in found.response["violations"] if v["impact"] in GRAVE]
        places = [(v["id"], node["html"]) for v in grave for node in v["nodes"]]
        assert places == [], page.url
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, f"{page.url} scrolls sideways"

    return check


@pytest.fixture
def say():
    """The words on an Indonesian page for an English msgid."""

    def translated(words):
        with translation.override("id"):
            return translation.gettext(words)

    return translated


@pytest.fixture
def sign_in(say):
    """Signs in through the form, as people do."""

    def through_the_form(page, email, password=PASSWORD):
        page.goto("/accounts/login/")
        page.get_by_label(say("E-mail address"), exact=True).fill(email)
        page.get_by_label(say("Password"), exact=True).fill(password)
        page.get_by_role("main").get_by_role("button", name=say("Sign in"), exact=True).click()

    return through_the_form
