import datetime as dt
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from programs.domain import claims, initiatives
from programs.models import Document, ProgressClaim, Publication
from regencies.access import Role
from regencies.errors import RuleError
from regencies.models import Membership
from tests import factories
from tests.nouns import plans

DAY = dt.date(2019, 6, 30)


@pytest.fixture
def initiative(participation):
    return plans.make_initiative(plans.make_plan(participation))


@pytest.fixture
def claim(initiative, officer):
    return plans.make_claim(initiative, officer)


def make_paper(regency, by):
    return Document.objects.create(
        regency=regency, title="Laporan", file="documents/x", sha256="0" * 64, size=1,
        uploaded_by=by,
    )  # fmt: skip


def test_an_officer_claims_and_the_ministry_verifies(initiative, officer, ministry):
    paper = make_paper(officer.held_memberships[0].regency, officer)

    claim = claims.claim(
        initiative, by=officer, percent=40, as_of=DAY, note=" Dipakai. ", evidence=paper
    )
    verified = claims.verify(claim, by=ministry)

    stored = ProgressClaim.objects.get()
    assert (stored.percent, stored.as_of, stored.note) == (40, DAY, "Dipakai.")
    assert (stored.claimed_by, stored.evidence) == (officer, paper)
    assert (stored.verified_by, stored.verified_at) == (ministry, verified.verified_at)


@pytest.mark.parametrize(
    "who", ["contributor", "observer", "expert", "ministry", "stranger", "nobody"]
)
def test_only_who_edits_the_region_claims(who, initiative, request):
    with pytest.raises(PermissionDenied):
        claims.claim(initiative, by=request.getfixturevalue(who), percent=1, as_of=DAY)

    assert ProgressClaim.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"percent": 101}, "percent"),
        ({"percent": -1}, "percent"),
        ({"as_of": timezone.localdate() + dt.timedelta(days=1)}, "as_of"),
    ],
)
def test_a_claim_beyond_the_possible_is_refused_by_field(given, field, initiative, officer):
    with pytest.raises(RuleError) as refusal:
        claims.claim(initiative, by=officer, **{"percent": 1, "as_of": DAY} | given)

    assert refusal.value.fields == (field,)


def test_evidence_comes_from_the_region_itself(initiative, officer, elsewhere):
    for region in (elsewhere, None):
        with pytest.raises(RuleError) as refusal:
            claims.claim(
                initiative, by=officer, percent=1, as_of=DAY, evidence=make_paper(region, officer)
            )
        assert refusal.value.fields == ("evidence",)


def test_a_stopped_initiative_claims_nothing(initiative, officer):
    initiatives.stop(initiative, by=officer, reason="x", on=DAY)

    with pytest.raises(RuleError):
        claims.claim(initiative, by=officer, percent=1, as_of=DAY)


def test_nobody_verifies_their_own_claim(claim, officer):
    Membership.objects.create(user=officer, role=Role.MINISTRY, starts_on=dt.date(2017, 1, 1))
    person = type(officer).objects.get(pk=officer.pk)

    with pytest.raises(RuleError):
        claims.verify(claim, by=person)
    claim.refresh_from_db()
    assert claim.verified_at is None


@pytest.mark.parametrize(
    "who", ["contributor", "officer", "signer", "observer", "expert", "stranger", "nobody"]
)
def test_only_the_ministry_decides_about_claims(who, claim, request):
    by = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        claims.verify(claim, by=by)
    with pytest.raises(PermissionDenied):
        claims.refuse(claim, by=by, reason="x")


def test_a_superuser_without_the_ministrys_role_decides_nothing(claim, nobody):
    nobody.is_superuser = True
    nobody.save()

    with pytest.raises(PermissionDenied):
        claims.verify(claim, by=nobody)


def test_a_refusal_says_why_and_is_final(claim, ministry):
    for reason in (" ", "x" * 5001):
        with pytest.raises(RuleError) as refusal:
            claims.refuse(claim, by=ministry, reason=reason)
        assert refusal.value.fields == ("reason",)

    refused = claims.refuse(claim, by=ministry, reason=" Tanpa bukti. ")

    assert (refused.refused_by, refused.refusal_reason) == (ministry, "Tanpa bukti.")
    for step in (claims.verify, lambda c, by: claims.refuse(c, by=by, reason="lagi")):
        with pytest.raises(RuleError):
            step(claim, by=ministry)


def test_what_is_verified_stays(claim, ministry):
    claims.verify(claim, by=ministry)

    with pytest.raises(RuleError):
        claims.refuse(claim, by=ministry, reason="x")
    with pytest.raises(RuleError):
        claims.verify(claim, by=ministry)


def test_the_public_reads_verified_claims_of_public_initiatives(claim, ministry):
    plan = claim.initiative.masterplan
    for row in (plan, claim.initiative):
        row.publication = Publication.PUBLIC
        row.save()
    assert list(ProgressClaim.objects.published()) == []

    claims.verify(claim, by=ministry)

    assert list(ProgressClaim.objects.published()) == [claim]


@pytest.mark.django_db(transaction=True)
def test_of_two_verifiers_one_wins(claim, ministry):
    second_one = factories.make_user(role=Role.MINISTRY)

    def verify_again():
        try:
            return claims.verify(claim, by=second_one)
        except RuleError:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            claims.verify(claim, by=ministry)
            second = pool.submit(verify_again)
            wait([second], timeout=0.5)  # long enough to reach the locked row
        assert second.result() == "refused"

    assert ProgressClaim.objects.get().verified_by == ministry
