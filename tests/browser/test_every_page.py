"""Every page, on a desk and on a phone: nothing keeps people out, nothing is refused or missing.

Each opened page is checked by axe, for sideways scrolling, for console errors (a violation of
the Content-Security-Policy is one), for failed requests and for requests to other hosts.
"""

import pytest
from django.urls import reverse

from programs.domain import stages
from tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture
def world(portal):
    """Grobogan with a verified and published, a returned and an empty stage."""
    regency = factories.make_regency("33.15", name="Grobogan", official_name="Kabupaten Grobogan")
    people = {
        "officer": factories.make_user("officer@test.example", "officer", regency=regency),
        "signer": factories.make_user("signer@test.example", "signer", regency=regency),
        "ministry": factories.make_user("ministry@test.example", "ministry"),
    }
    participation = factories.make_participation(regency)
    participation.sources.add(factories.make_source())
    first, second, third, _fourth = (factories.stage_of(participation, n) for n in (1, 2, 3, 4))
    factories.make_submitted(first, people["signer"])
    stages.verify(first, by=people["ministry"])
    stages.publish(first, by=people["ministry"])
    factories.make_submitted(second, people["signer"])
    stages.return_for_repair(second, by=people["ministry"], reason="Lengkapi analisis.")
    return people | {"participation": participation, "stages": (first, second, third)}


def public(world):
    yield from ["/", "/about/", "/cohorts/2018/", "/regencies/", "/regencies/?q=grobogan"]
    yield from ["/regencies/?q=tidak-ada", "/regencies/33.15/", "/accounts/login/"]
    yield from ["/accounts/password/reset/", "/accounts/password/reset/done/"]
    yield from ["/accounts/password/reset/key/x-y/", "/api/v1/docs/"]


def of_the_officer(world):
    _first, second, third = world["stages"]
    output = third.outputs.get()
    yield from ["/workspace/", world["participation"].get_absolute_url(), "/cohorts/2018/matrix/"]
    for stage in world["stages"]:
        yield stage.get_absolute_url()
    for page in ("edit", "check"):
        yield reverse(f"programs:stage-{page}", args=[second.pk])
    yield reverse("programs:output-upload", args=[output.pk])
    yield from ["/account/", "/account/tokens/", "/account/tokens/make/", "/accounts/logout/"]
    yield "/accounts/password/change/"


def of_the_signer(world):
    stage = stages.submit(
        factories.complete(world["stages"][1], world["signer"]), by=world["signer"]
    )
    yield reverse("programs:stage-submitted", args=[stage.pk])
    yield reverse("programs:stage-withdraw", args=[stage.pk])


def of_the_ministry(world):
    yield from ["/workspace/", "/cohorts/2018/matrix/", "/cohorts/2018/matrix/?late=on", "/admin/"]
    for model in (
        "bimtekstage",
        "participation",
        "cohort",
        "transition",
        "stageversion",
        "source",
    ):
        yield reverse(f"admin:programs_{model}_changelist")
    for model in ("regency", "user", "membership", "agency", "apitoken", "province"):
        yield reverse(f"admin:regencies_{model}_changelist")
    verified = world["stages"][0]
    yield reverse("admin:programs_bimtekstage_change", args=[verified.pk])
    yield reverse("admin:programs_bimtekstage_history", args=[verified.pk])
    yield f"{reverse('admin:programs_bimtekstage_step', args=['unpublish'])}?rows={verified.pk}"
    for page in ("change", "life", "history"):
        yield reverse(f"admin:programs_participation_{page}", args=[world["participation"].pk])
    withdraw = reverse("admin:programs_participation_step", args=["withdraw"])
    yield f"{withdraw}?rows={world['participation'].pk}"
    yield reverse("admin:programs_cohort_change", args=[world["participation"].cohort_id])
    yield reverse("admin:programs_cohort_add")
    yield reverse("admin:regencies_user_add")
    yield reverse("admin:regencies_regency_change", args=[world["participation"].regency_id])


@pytest.mark.parametrize(
    ("who", "pages"),
    [
        (None, public),
        ("officer", of_the_officer),
        ("signer", of_the_signer),
        ("ministry", of_the_ministry),
    ],
    ids=["anybody", "officer", "signer", "ministry"],
)
def test_every_page_is_sound(either, world, who, pages, sign_in, axe):
    if who:
        sign_in(either, world[who].email)
    for address in pages(world):
        response = either.goto(address)
        assert response.status == 200, address
        axe(either)


@pytest.mark.parametrize("address", ["/nothing-here/", "/stages/999999/"])
def test_pages_that_are_not_there_say_so_kindly(either, world, sign_in, axe, watch, address):
    watch.allow("404")
    sign_in(either, world["officer"].email)

    assert either.goto(address).status == 404
    axe(either)


def test_a_conflict_and_errors_are_sound_too(either, world, sign_in, axe, watch, say):
    watch.allow("422")  # the browser's own words about the status; they may come late
    watch.allow("409")
    stage = world["stages"][2]
    sign_in(either, world["officer"].email)
    either.goto(reverse("programs:stage-edit", args=[stage.pk]))
    factories.editing.edit(stage, by=world["signer"], revision=1, venue="Hotel Sunan")

    either.locator("#id_starts_on_day").fill("40")
    either.get_by_role("button", name=say("Save draft"), exact=True).click()
    axe(either)
    either.locator("#id_starts_on_day").fill("")
    either.locator("#id_venue").fill("Pendopo")
    either.get_by_role("button", name=say("Save draft"), exact=True).click()

    assert "Hotel Sunan" in either.locator(".portal-conflict").inner_text()
    axe(either)


def test_the_pages_work_in_english_and_without_javascript(open_page, world, axe):
    page = open_page(java_script_enabled=False)
    page.goto("/cohorts/2018/")
    page.get_by_role("button", name="English").click()

    assert page.url.endswith("/cohorts/2018/")
    assert "Participants, by province" in page.locator("main").inner_text()
    assert page.locator("html").get_attribute("lang") == "en"
