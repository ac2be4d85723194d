import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext

from programs.domain import candidacies, participations
from programs.models import Candidacy, Participation
from regencies.errors import RuleError
from tests.nouns import papers


@pytest.fixture
def candidacy(regency, cohort):
    return papers.make_candidacy(regency, cohort)


@pytest.fixture
def released(candidacy, ministry):
    decided = candidacies.decide(candidacy, by=ministry, decision="selected")
    return candidacies.release([decided], by=ministry)[0]


def taking_part():
    return list(Participation.objects.values_list("regency", "cohort", "publication"))


def test_a_released_and_selected_candidate_takes_part_once(released, ministry):
    first = participations.admit([released], by=ministry)
    second = participations.admit([released], by=ministry)

    assert [each.is_new for each in first + second] == [True, False]
    assert first[0].participation == second[0].participation
    assert taking_part() == [(released.regency_id, released.cohort_id, "internal")]


def test_who_was_not_selected_or_not_told_stops_them_all(released, elsewhere, cohort, ministry):
    other = papers.make_candidacy(elsewhere, cohort)
    for decision in ("not_selected", "selected"):  # and the second is not released
        candidacies.decide(other, by=ministry, decision=decision)
        with pytest.raises(RuleError, match="Mojokerto"):
            participations.admit([released, other], by=ministry)

    candidacies.strike_off(released, by=ministry, reason="Tidak hadir.")
    with pytest.raises(RuleError):
        participations.admit([released], by=ministry)
    assert taking_part() == []


def test_who_took_part_and_ended_is_told_how_to_come_back(released, cohort, ministry):
    Participation.objects.create(
        regency=released.regency, cohort=cohort, status="withdrawn", status_reason="Mundur."
    )

    told = participations.refusals_to_admit(Candidacy.objects.all())

    text = "Its participation has ended; it can be brought back on its own page."
    assert told == {released.pk: gettext(text)}


def test_regions_enter_a_cohort_once_each_in_their_order(regency, elsewhere, cohort, ministry):
    Participation.objects.create(regency=regency, cohort=cohort)

    done = participations.enter(cohort, [elsewhere, regency, elsewhere], by=ministry)

    assert [(each.regency, each.is_new) for each in done] == [(elsewhere, True), (regency, False)]
    assert Participation.objects.count() == 2


@pytest.mark.parametrize(
    "role", ["nobody", "contributor", "officer", "signer", "observer", "expert", "stranger"]
)
def test_only_the_ministry_lets_regions_in(role, released, cohort, request):
    person = request.getfixturevalue(role)
    before = taking_part()

    with pytest.raises(PermissionDenied):
        participations.admit([released], by=person)
    with pytest.raises(PermissionDenied):
        participations.enter(cohort, [released.regency], by=person)

    assert taking_part() == before
