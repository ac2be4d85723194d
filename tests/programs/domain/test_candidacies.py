from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from programs.domain import candidacies
from programs.models import AssessorScore, Candidacy
from regencies.errors import RuleError
from tests.nouns import papers

WRONG_PEOPLE = ["nobody", "contributor", "officer", "signer", "observer", "expert", "stranger"]


@pytest.fixture
def candidacy(regency, cohort):
    return papers.make_candidacy(regency, cohort)


@pytest.fixture
def other(elsewhere, cohort):
    return papers.make_candidacy(elsewhere, cohort)


@pytest.fixture
def decided(candidacy, ministry):
    return candidacies.decide(candidacy, by=ministry, decision="selected", reason=" Siap. ")


@pytest.fixture
def released(decided, ministry):
    return candidacies.release([decided], by=ministry)[0]


def state(candidacy):
    row = Candidacy.objects.get(pk=candidacy.pk)
    return row.decision, row.reason, row.decided_by, row.released_by


def test_a_decision_is_staged_and_signed(decided, ministry):
    assert state(decided) == ("selected", "Siap.", ministry, None)
    assert Candidacy.objects.get().decided_at is not None


def test_a_staged_decision_may_change(decided, ministry):
    candidacies.decide(decided, by=ministry, decision="reserve")

    assert state(decided) == ("reserve", "", ministry, None)


@pytest.mark.parametrize("decision", ["", "struck_off", "accepted"])
def test_only_the_three_decisions_are_staged(decision, candidacy, ministry):
    with pytest.raises(RuleError) as refused:
        candidacies.decide(candidacy, by=ministry, decision=decision, reason="x")

    assert refused.value.fields == ("decision",)
    assert state(candidacy)[0] == ""


def test_who_withdrew_is_not_decided_about(candidacy, ministry):
    Candidacy.objects.update(progress="withdrawn")

    with pytest.raises(RuleError):
        candidacies.decide(candidacy, by=ministry, decision="selected")


def test_a_release_tells_all_regions_at_one_moment(decided, other, ministry):
    second = candidacies.decide(other, by=ministry, decision="not_selected")

    candidacies.release([decided, second], by=ministry)

    (moment,) = set(Candidacy.objects.values_list("released_at", flat=True))
    assert moment is not None
    assert state(decided)[3] == state(other)[3] == ministry


def test_one_undecided_region_stops_the_whole_release(decided, other, ministry):
    with pytest.raises(RuleError, match="Mojokerto"):
        candidacies.release([decided, other], by=ministry)

    assert not Candidacy.objects.filter(released_at__isnull=False).exists()


def test_what_was_released_stays(released, ministry):
    with pytest.raises(RuleError):
        candidacies.decide(released, by=ministry, decision="reserve")
    with pytest.raises(RuleError):
        candidacies.release([released], by=ministry)

    assert state(released) == ("selected", "Siap.", ministry, ministry)


def test_striking_off_follows_a_release_and_keeps_its_moment(released, ministry):
    struck = candidacies.strike_off(released, by=ministry, reason=" Tidak hadir. ")

    assert state(struck) == ("struck_off", "Tidak hadir.", ministry, ministry)
    assert struck.released_at == released.released_at


@pytest.mark.parametrize("reason", ["", "   "])
def test_striking_off_says_why(reason, candidacy, ministry):
    with pytest.raises(RuleError) as refused:
        candidacies.strike_off(candidacy, by=ministry, reason=reason)

    assert refused.value.fields == ("reason",)
    assert state(candidacy)[0] == ""


def test_who_is_struck_off_stays_so(candidacy, ministry):
    candidacies.strike_off(candidacy, by=ministry, reason="Tidak hadir.")

    with pytest.raises(RuleError):
        candidacies.strike_off(candidacy, by=ministry, reason="Lagi.")
    with pytest.raises(RuleError):
        candidacies.decide(candidacy, by=ministry, decision="selected")
    assert state(candidacy)[:2] == ("struck_off", "Tidak hadir.")


def test_nobody_releases_or_overwrites_a_decision_they_were_not_shown(decided, ministry):
    seen = candidacies.stamp(decided)
    candidacies.decide(decided, by=ministry, decision="not_selected")

    with pytest.raises(RuleError):
        candidacies.release([decided], by=ministry, seen={decided.pk: seen})
    with pytest.raises(RuleError):
        candidacies.decide(decided, by=ministry, decision="reserve", seen=seen)
    with pytest.raises(RuleError):
        candidacies.strike_off(decided, by=ministry, reason="x", seen=seen)
    assert state(decided) == ("not_selected", "", ministry, None)


@pytest.mark.parametrize("role", WRONG_PEOPLE)
def test_only_the_ministry_decides(role, candidacy, request):
    person = request.getfixturevalue(role)
    for act in (
        lambda: candidacies.decide(candidacy, by=person, decision="selected"),
        lambda: candidacies.release([candidacy], by=person),
        lambda: candidacies.strike_off(candidacy, by=person, reason="x"),
    ):
        with pytest.raises(PermissionDenied):
            act()

    assert state(candidacy) == ("", "", None, None)


def test_a_superuser_without_the_ministry_decides_nothing(candidacy, nobody):
    nobody.is_superuser = True
    nobody.save()

    with pytest.raises(PermissionDenied):
        candidacies.decide(candidacy, by=nobody, decision="selected")


def test_means_and_weighted_total(candidacy, other, cohort, django_assert_num_queries):
    infra = papers.make_criterion(cohort, "infrastruktur", position=1, weight=60)
    vision = papers.make_criterion(cohort, "visi", position=2, weight=40, highest_score=10)
    papers.make_score(candidacy, infra, assessor="A", score=70)
    papers.make_score(candidacy, infra, assessor="B", score=80)
    papers.make_score(candidacy, vision, assessor="A", score=5)
    papers.make_score(other, infra, assessor="A", score=0)

    with django_assert_num_queries(1):
        found = candidacies.scores(candidacy)

    assert [(line.criterion, line.mean, line.assessors) for line in found.criteria] == [
        (infra, Decimal(75), 2),
        (vision, Decimal(5), 1),
    ]
    assert found.total == Decimal("65.00")


def test_there_is_no_total_without_every_weight_and_every_score(candidacy, cohort):
    infra = papers.make_criterion(cohort, "infrastruktur", weight=60)
    papers.make_score(candidacy, infra)
    assert candidacies.scores(candidacy).total == Decimal("80.00")

    vision = papers.make_criterion(cohort, "visi")
    papers.make_score(candidacy, vision)
    assert candidacies.scores(candidacy).total is None

    AssessorScore.objects.filter(criterion=vision).delete()
    vision.weight = 40
    vision.save()
    assert candidacies.scores(candidacy).total is None


def test_a_cohort_without_criteria_has_no_scores(candidacy):
    assert candidacies.scores(candidacy) == candidacies.Scores([], None)
