"""Saving returns to the page that led to the form, and only to a page of the administration."""

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from programs.models import Commitment, Participation
from tests.factories import make_regency
from tests.nouns.statements import state


def life_of(participation):
    return reverse("admin:programs_participation_life", args=[participation.pk])


def with_back(address, back):
    return f"{address}?{urlencode({'_back': back})}"


@pytest.fixture
def desk(client, ministry):
    client.force_login(ministry)
    return client


@pytest.fixture
def commitment(participation):
    return Commitment.objects.create(participation=participation, title="Komitmen bersama")


def form_of(participation, **more):
    return {
        "participation": participation.pk,
        "title": "Komitmen",
        "signatories-TOTAL_FORMS": "0",
        "signatories-INITIAL_FORMS": "0",
        "publication": "internal",
    } | more


def test_what_is_added_or_edited_from_the_life_page_returns_there(desk, commitment):
    life = life_of(commitment.participation)
    page = desk.get(life).content.decode()

    for name, args in (("add", []), ("change", [commitment.pk])):
        address = reverse(f"admin:programs_commitment_{name}", args=args)
        assert (
            urlencode({"_back": life}) in page.partition(f'href="{address}?')[2].partition('"')[0]
        )
        sent = desk.post(with_back(address, life), form_of(commitment.participation))
        assert (sent.status_code, sent["Location"]) == (302, life)


def test_saving_and_staying_keeps_the_way_back(desk, commitment):
    life = life_of(commitment.participation)
    address = reverse("admin:programs_commitment_change", args=[commitment.pk])
    sent = form_of(commitment.participation, _continue="1")

    assert desk.post(with_back(address, life), sent)["Location"] == with_back(address, life)


@pytest.mark.parametrize(
    "odd",
    [
        "https://example.org/admin/",
        "//example.org/admin/",
        "/\\example.org/admin/",
        "javascript:alert(1)",
        "/data/",
        "admin/",
        "/admin/" + "x" * 600,
    ],
)
def test_a_way_out_of_the_administration_is_no_way_back(odd, desk, commitment):
    address = reverse("admin:programs_commitment_change", args=[commitment.pk])

    sent = desk.post(with_back(address, odd), form_of(commitment.participation))

    assert sent["Location"] == reverse("admin:programs_commitment_changelist")


def test_a_participant_added_on_the_guided_path_returns_to_it(desk, cohort):
    guide = reverse("admin:programs_cohort_prepare", args=[cohort.pk])
    address = reverse("admin:programs_participation_add")
    assert f"{address}?cohort={cohort.pk}&amp;{urlencode({'_back': guide})}" in (
        desk.get(guide).content.decode()
    )

    sent = desk.post(
        with_back(address, guide),
        {
            "regency": make_regency("33.21").pk,
            "cohort": cohort.pk,
            "entry": "listed",
            "publication": "internal",
            "assignments-TOTAL_FORMS": "0",
            "assignments-INITIAL_FORMS": "0",
        },
    )

    assert (sent.status_code, sent["Location"]) == (302, guide)
    assert Participation.objects.filter(regency__code="33.21").exists()


def test_after_a_deed_the_way_back_leads_to_the_page_it_was_chosen_on(desk, commitment):
    statement = state(commitment, "signed_on", "2022-09-30")
    page = reverse("admin:programs_statement_change", args=[statement.pk])

    deeds = desk.get(page).context["open_deeds"]
    ((deed, address),) = deeds
    asked = desk.get(address)
    done = desk.post(asked.context["address"], {"rows": statement.pk, "because": "Suratnya."})

    assert deed.verb == "choose"
    assert (asked.context["back"], done.context["back"]) == (page, page)
    assert [verb.verb for verb, _address in desk.get(page).context["open_deeds"]] == ["take_back"]
