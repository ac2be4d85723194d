import datetime as dt
import re

import pytest
from django.urls import reverse

from programs.domain import claims
from programs.models import ProgressClaim
from regencies.access import Role
from regencies.models import Membership
from tests import factories
from tests.nouns import plans

LIST = reverse("admin:programs_progressclaim_changelist")
VERBS = ["verify", "refuse"]


@pytest.fixture
def initiative(participation):
    return plans.make_initiative(plans.make_plan(participation))


@pytest.fixture
def claim(initiative, officer):
    return plans.make_claim(initiative, officer)


def act(client, verb, *rows, **answer):
    address = reverse("admin:programs_progressclaim_step", args=[verb])
    return client.post(address, {"rows": [row.pk for row in rows]} | answer)


def ask(client, verb, *rows):
    return client.post(LIST, {"action": verb, "_selected_action": [row.pk for row in rows]})


def change(row):
    return reverse(f"admin:programs_{row._meta.model_name}_change", args=[row.pk])


def test_the_ministry_verifies_claims_after_a_preview(client, ministry, claim):
    client.force_login(ministry)

    asked = ask(client, "verify", claim)
    assert ProgressClaim.objects.get().verified_at is None
    assert "Kabupaten Grobogan" in asked.content.decode()
    done = act(client, "verify", claim)

    assert [result[:2] for result in done.context["results"]] == [(claim, True)]
    assert ProgressClaim.objects.get().verified_by == ministry


def test_a_refusal_needs_words_and_skips_what_is_decided(client, ministry, claim, initiative):
    verified = claims.verify(plans.make_claim(initiative, percent=10), by=ministry)
    client.force_login(ministry)

    empty = act(client, "refuse", claim, verified, reason=" ")
    assert set(empty.context["answer"].errors) == {"reason"}
    done = act(client, "refuse", claim, verified, reason="Tanpa bukti.")

    assert [result[:2] for result in done.context["results"]] == [(claim, True), (verified, False)]
    claim.refresh_from_db()
    assert claim.refusal_reason == "Tanpa bukti."


def test_the_preview_tells_claimers_that_somebody_else_must_verify(client, claim, officer):
    Membership.objects.create(user=officer, role=Role.MINISTRY, starts_on=dt.date(2017, 1, 1))
    client.force_login(officer)

    asked = ask(client, "verify", claim)

    assert [bool(row.refusal) for row in asked.context["rows"]] == [True]
    act(client, "verify", claim)
    assert ProgressClaim.objects.get().verified_at is None


def test_a_superuser_without_the_ministrys_role_is_offered_no_decision(client, boss, claim):
    client.force_login(boss)

    assert client.get(change(claim)).context["open_deeds"] == []
    act(client, "verify", claim)
    assert ProgressClaim.objects.get().verified_at is None


def test_no_form_changes_a_claim(client, ministry, claim):
    client.force_login(ministry)

    assert client.post(change(claim), {"percent": 100}).status_code == 403
    add = reverse("admin:programs_progressclaim_add")
    assert client.post(add, {"percent": 100}).status_code == 403
    assert ProgressClaim.objects.get().percent == 40


def test_claim_and_initiative_offer_the_decision_while_it_is_open(
    client, ministry, claim, initiative
):
    client.force_login(ministry)

    def offered(page):
        content = client.get(page).content.decode()
        names = [(v, reverse("admin:programs_progressclaim_step", args=[v])) for v in VERBS]
        links = re.findall(r'href="([^"]+)"', content)
        rows = f"?rows={claim.pk}"
        return [v for v, to in names if any(link.split("&")[0] == to + rows for link in links)]

    assert offered(change(claim)) == offered(change(initiative)) == VERBS
    claims.verify(claim, by=ministry)
    assert offered(change(claim)) == offered(change(initiative)) == []


def test_claims_that_await_a_decision_come_first(client, ministry, initiative, elsewhere):
    early = plans.make_claim(initiative, percent=10)
    late = plans.make_claim(initiative, percent=20)
    refused = claims.refuse(plans.make_claim(initiative, percent=30), by=ministry, reason="x")
    verified = claims.verify(plans.make_claim(initiative, percent=40), by=ministry)
    client.force_login(ministry)

    def listed(**query):
        return list(client.get(LIST, query).context["cl"].result_list)

    assert listed() == [early, late, verified, refused]
    assert listed(decision="awaiting") == [early, late]
    assert listed(decision="verified") == [verified]
    assert listed(decision="refused") == [refused]
    assert listed(q="mojokerto") == []


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_takes_the_same_queries_however_long(
    count, client, ministry, cohort, django_assert_num_queries
):
    for number in range(1, count + 1):
        row = factories.make_participation(factories.make_regency(f"33.{number:02}"), cohort)
        plans.make_claim(plans.make_initiative(plans.make_plan(row)))
    client.force_login(ministry)

    with django_assert_num_queries(17):
        response = client.get(LIST)

    assert len(response.context["cl"].result_list) == count
