"""Candidates: invited and scored in the form, decided upon and told by the list's actions."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from programs.domain import candidacies
from programs.models import AssessorScore, Candidacy, Participation
from tests import factories
from tests.nouns import papers

LIST = reverse("admin:programs_candidacy_changelist")
ADD = reverse("admin:programs_candidacy_add")


def page_of(candidacy):
    return reverse("admin:programs_candidacy_change", args=[candidacy.pk])


def ask(client, action, *rows):
    return client.post(LIST, {"action": action, "_selected_action": [row.pk for row in rows]})


def answer(client, asked, **words):
    """What the page that asks sends back, with what the person adds."""
    rows = asked.context["rows"]
    data = {"rows": [row.pk for row in rows]} | {
        f"seen-{row.pk}": row.seen for row in rows if row.seen
    }
    return client.post(asked.context["address"], data | words)


def results(response):
    return {row.pk: done for row, done, _words in response.context["results"]}


def decisions():
    return dict(Candidacy.objects.values_list("pk", "decision"))


@pytest.fixture
def candidacy(regency, cohort):
    return papers.make_candidacy(regency, cohort)


@pytest.fixture
def other(elsewhere, cohort):
    return papers.make_candidacy(elsewhere, cohort)


def test_the_ministry_invites_a_region_and_an_officer_does_not(
    client, ministry, officer, regency, cohort
):
    sent = {"regency": regency.pk, "cohort": cohort.pk, "progress": "invited"}
    client.force_login(officer)
    assert client.post(ADD, sent).status_code == 403

    client.force_login(ministry)
    assert client.post(ADD, sent | {"decision": "selected"}).status_code == 302
    assert list(Candidacy.objects.values_list("regency", "decision")) == [(regency.pk, "")]


def scores(candidacy, *rows, **fields):
    data = {"progress": "assessed", "scores-INITIAL_FORMS": 0, "scores-TOTAL_FORMS": len(rows)}
    for number, (criterion, score) in enumerate(rows):
        data |= {
            f"scores-{number}-criterion": criterion.pk,
            f"scores-{number}-assessor": "Kelas A",
            f"scores-{number}-score": score,
        }
    return data | fields


def test_scores_are_entered_beneath_the_candidate(client, ministry, candidacy, cohort):
    criterion = papers.make_criterion(cohort, weight=100)
    client.force_login(ministry)

    assert client.post(page_of(candidacy), scores(candidacy, (criterion, 80))).status_code == 302

    assert AssessorScore.objects.get().score == 80
    assert "<strong>80,00</strong>" in client.get(page_of(candidacy)).content.decode()


@pytest.mark.parametrize("score", [-1, 101])
def test_a_score_beyond_the_scale_is_refused_with_words(
    score, client, ministry, candidacy, cohort
):
    client.force_login(ministry)

    response = client.post(
        page_of(candidacy), scores(candidacy, (papers.make_criterion(cohort), score))
    )

    (formset,) = response.context["inline_admin_formsets"]
    assert [list(form.errors) for form in formset.formset.forms] == [["score"]]
    assert not AssessorScore.objects.exists()


def test_the_criteria_offered_are_those_of_the_cohort(client, ministry, candidacy, cohort):
    own = papers.make_criterion(cohort)
    foreign = papers.make_criterion(factories.make_cohort(2019))
    client.force_login(ministry)

    response = client.post(page_of(candidacy), scores(candidacy, (foreign, 5)))

    (formset,) = response.context["inline_admin_formsets"]
    (form,) = formset.formset.forms
    assert list(form.errors) == ["criterion"]
    assert list(form.fields["criterion"].queryset) == [own]


def test_a_decision_is_asked_for_then_staged_for_every_row(client, ministry, candidacy, other):
    client.force_login(ministry)

    asked = ask(client, "decide", candidacy, other)
    assert decisions() == {candidacy.pk: "", other.pk: ""}
    done = answer(client, asked, decision="reserve", reason="Kuota penuh.")

    assert results(done) == {candidacy.pk: True, other.pk: True}
    assert decisions() == {candidacy.pk: "reserve", other.pk: "reserve"}
    assert not Candidacy.objects.exclude(released_at=None).exists()


def test_a_missing_decision_asks_again_and_keeps_the_reason(client, ministry, candidacy):
    client.force_login(ministry)

    again = answer(client, ask(client, "decide", candidacy), decision="", reason="Siap.")

    assert list(again.context["answer"].errors) == ["decision"]
    assert again.context["answer"]["reason"].value() == "Siap."
    assert decisions() == {candidacy.pk: ""}


def test_a_release_skips_the_undecided_and_says_so(client, ministry, candidacy, other):
    candidacies.decide(candidacy, by=ministry, decision="selected")
    client.force_login(ministry)

    asked = ask(client, "release", candidacy, other)
    refused = {row.pk: bool(row.refusal) for row in asked.context["rows"]}
    done = answer(client, asked)

    assert refused == {candidacy.pk: False, other.pk: True}
    assert results(done) == {candidacy.pk: True, other.pk: False}
    assert list(Candidacy.objects.exclude(released_at=None)) == [candidacy]


def test_a_decision_changed_meanwhile_stops_the_whole_release(client, ministry, candidacy, other):
    for row in (candidacy, other):
        candidacies.decide(row, by=ministry, decision="selected")
    client.force_login(ministry)
    asked = ask(client, "release", candidacy, other)
    candidacies.decide(other, by=ministry, decision="not_selected")

    done = answer(client, asked)

    assert results(done) == {candidacy.pk: False, other.pk: False}
    assert not Candidacy.objects.exclude(released_at=None).exists()


def test_striking_off_asks_for_the_reason(client, ministry, candidacy):
    client.force_login(ministry)
    asked = ask(client, "strike_off", candidacy)

    again = answer(client, asked, reason=" ")
    assert list(again.context["answer"].errors) == ["reason"]
    done = answer(client, asked, reason="Tidak hadir.")

    assert results(done) == {candidacy.pk: True}
    assert Candidacy.objects.get().reason == "Tidak hadir."


@pytest.mark.parametrize("action", ["decide", "release", "admit", "strike_off"])
def test_a_superuser_without_the_ministry_decides_nothing(action, client, boss, candidacy):
    client.force_login(boss)

    address = reverse("admin:programs_candidacy_step", args=[action])
    sent = {"rows": candidacy.pk, "decision": "selected", "reason": "x"}

    assert client.post(address, sent).status_code == 403
    assert decisions() == {candidacy.pk: ""}
    assert client.get(page_of(candidacy)).context["open_deeds"] == []


def test_the_page_of_a_candidate_offers_what_is_open(client, ministry, candidacy):
    client.force_login(ministry)

    def offered():
        deeds = client.get(page_of(candidacy)).context["open_deeds"]
        return [deed.verb for deed, _address in deeds]

    assert offered() == ["decide", "strike_off"]
    decided = candidacies.decide(candidacy, by=ministry, decision="selected")
    assert offered() == ["decide", "release", "strike_off"]
    candidacies.release([decided], by=ministry)
    assert offered() == ["admit", "strike_off"]


def test_region_and_cohort_of_a_stored_candidate_stay(
    client, ministry, candidacy, elsewhere, regency
):
    client.force_login(ministry)

    sent = scores(candidacy, regency=elsewhere.pk, note="Catatan")
    assert client.post(page_of(candidacy), sent).status_code == 302

    candidacy.refresh_from_db()
    assert (candidacy.regency, candidacy.note) == (regency, "Catatan")


@pytest.mark.parametrize(
    ("value", "expected"), [("yes", "selected"), ("no", "reserve"), ("open", "")]
)
def test_the_list_is_filtered_by_release(value, expected, client, ministry, cohort):
    rows = [papers.make_candidacy(factories.make_regency(f"33.0{n}"), cohort) for n in range(3)]
    candidacies.decide(rows[0], by=ministry, decision="reserve")
    candidacies.release(
        [candidacies.decide(rows[1], by=ministry, decision="selected")], by=ministry
    )
    client.force_login(ministry)

    page = client.get(LIST, {"released": value})

    assert [row.decision for row in page.context["cl"].result_list] == [expected]


def test_who_was_selected_and_told_becomes_a_participant(
    client, ministry, candidacy, other, cohort
):
    decided = candidacies.decide(candidacy, by=ministry, decision="selected")
    candidacies.release([decided], by=ministry)
    candidacies.decide(other, by=ministry, decision="selected")
    client.force_login(ministry)

    asked = ask(client, "admit", candidacy, other)
    refused = {row.pk: bool(row.refusal) for row in asked.context["rows"]}
    done = answer(client, asked)
    again = ask(client, "admit", candidacy)

    assert refused == {candidacy.pk: False, other.pk: True}
    assert results(done) == {candidacy.pk: True, other.pk: False}
    assert [(row.regency, row.cohort) for row in Participation.objects.all()] == [
        (candidacy.regency, cohort)
    ]
    assert again.context["rows"][0].refusal == gettext("It takes part already.")


@pytest.mark.parametrize("verb", ["decide", "release"])
def test_that_nobody_assessed_a_candidate_is_said_before_it_is_decided(
    verb, client, ministry, candidacy, other
):
    Candidacy.objects.filter(pk=other.pk).update(progress="assessed")
    for row in (candidacy, other):
        candidacies.decide(row, by=ministry, decision="selected")
    client.force_login(ministry)

    rows = ask(client, verb, candidacy, other).context["rows"]

    assert {row.pk: "portal-tag--late" in row.facts[0] for row in rows} == {
        candidacy.pk: True,
        other.pk: False,
    }
