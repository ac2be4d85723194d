"""Which statement holds: chosen by the ministry, written where it may be, taken back."""

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from pghistory.core import event_models

from programs.domain import statements
from programs.models import Candidacy, Commitment, Memorandum, Session, Signatory, Statement
from regencies.errors import RuleError
from tests.nouns.statements import state

WHY = "Surat aslinya bertanggal demikian."
DAY = dt.date(2022, 9, 30)


@pytest.fixture
def commitment(participation):
    return Commitment.objects.create(participation=participation)


@pytest.fixture
def said(commitment):
    return state(commitment, "signed_on", "2022-09-30")


def refused(statement, by, verb=statements.choose, **answer):
    with pytest.raises(RuleError) as refusal:
        verb(statement, by=by, **answer)
    return str(refusal.value)


def events(model, row):
    (history,) = event_models(tracks_model=model)
    return list(history.objects.filter(pgh_obj_id=row.pk).order_by("pgh_id"))


def test_choosing_marks_the_statement_and_writes_the_value(said, commitment, ministry):
    chosen = statements.choose(said, by=ministry, because=f" {WHY} ")

    commitment.refresh_from_db()
    assert commitment.signed_on == DAY
    assert (chosen.chosen_by, chosen.chosen_because) == (ministry, WHY)
    assert chosen.chosen_at is not None
    assert [e.signed_on for e in events(Commitment, commitment)] == [None, DAY]
    assert [e.chosen_by_id for e in events(Statement, said)] == [None, ministry.pk]


def test_taking_back_restores_what_the_record_said(said, commitment, ministry):
    before = dt.date(2022, 9, 1)
    commitment.signed_on = before
    commitment.save()
    chosen = statements.choose(said, by=ministry, because=WHY)

    freed = statements.unchoose(chosen, by=ministry)

    commitment.refresh_from_db()
    assert commitment.signed_on == before
    assert (freed.chosen_at, freed.chosen_by, freed.chosen_because) == (None, None, "")


def test_choosing_and_taking_back_twice_restores_each_time(said, commitment, ministry):
    for _round in range(2):
        statements.choose(said, by=ministry, because=WHY)
        statements.unchoose(said, by=ministry)

    commitment.refresh_from_db()
    assert commitment.signed_on is None


def test_what_changed_after_the_choice_is_not_overwritten(said, commitment, ministry):
    statements.choose(said, by=ministry, because=WHY)
    Commitment.objects.filter(pk=commitment.pk).update(signed_on="2022-10-01")

    assert refused(said, ministry, statements.unchoose)

    commitment.refresh_from_db()
    said.refresh_from_db()
    assert commitment.signed_on == dt.date(2022, 10, 1)
    assert said.chosen_at is not None


def test_a_choice_that_changed_nothing_is_taken_back_without_a_trace(said, commitment, ministry):
    Commitment.objects.filter(pk=commitment.pk).update(signed_on=DAY)
    statements.choose(said, by=ministry, because=WHY)
    Commitment.objects.filter(pk=commitment.pk).update(place="Pendapa")

    statements.unchoose(said, by=ministry)

    commitment.refresh_from_db()
    assert (commitment.signed_on, commitment.place) == (DAY, "Pendapa")


def test_one_statement_of_a_field_is_chosen_at_a_time(said, commitment, ministry):
    rival = state(commitment, "signed_on", "2022-09-29")
    statements.choose(rival, by=ministry, because=WHY)

    assert "2022-09-29" in refused(said, ministry, because=WHY)
    assert refused(rival, ministry, because=WHY)


def test_a_reason_is_needed_and_a_field(said, commitment, ministry):
    whole = state(commitment, "", "Ditandatangani")

    assert refused(said, ministry, because="  ")
    assert refused(whole, ministry, because=WHY)
    assert refused(said, ministry, statements.unchoose)
    assert Statement.objects.filter(chosen_at__isnull=False).count() == 0


@pytest.mark.parametrize("who", ["officer", "signer", "observer", "expert", "nobody", "boss"])
@pytest.mark.parametrize("verb", ["choose", "unchoose"])
def test_only_the_ministry_chooses(who, verb, said, commitment, ministry, request):
    by = request.getfixturevalue(who)
    answer = {"because": WHY} if verb == "choose" else {}
    if verb == "unchoose":
        statements.choose(said, by=ministry, because=WHY)

    with pytest.raises(PermissionDenied):
        getattr(statements, verb)(said, by=by, **answer)


@pytest.fixture
def boss(nobody):
    nobody.is_superuser = True
    nobody.save()
    return nobody


def test_a_total_is_only_marked(cohort, ministry):
    total = statements.choose(state(cohort, "invited", "107"), by=ministry, because=WHY)

    assert total.chosen_at is not None
    assert Candidacy.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value"), [("state", "signed"), ("participation", "1"), ("publication", "public")]
)
def test_a_workflow_field_is_only_marked(field, value, participation, ministry):
    memorandum = Memorandum.objects.create(participation=participation)
    statement = state(memorandum, field, value)

    statements.choose(statement, by=ministry, because=WHY)

    memorandum.refresh_from_db()
    assert (memorandum.state, memorandum.publication) == ("draft", "internal")
    assert memorandum.participation == participation


def test_a_decision_is_never_written(regency, cohort, ministry):
    candidacy = Candidacy.objects.create(regency=regency, cohort=cohort)

    statements.choose(state(candidacy, "decision", "selected"), by=ministry, because=WHY)

    candidacy.refresh_from_db()
    assert candidacy.decision == ""


def test_what_the_region_edits_is_only_marked(stage, ministry):
    session = Session.objects.create(stage=stage)

    statements.choose(state(session, "starts_on", "2018-11-07"), by=ministry, because=WHY)

    session.refresh_from_db()
    assert session.starts_on is None


def test_words_that_are_no_date_are_only_marked(commitment, ministry):
    statement = state(commitment, "signed_on", "akhir September")

    assert statements.choose(statement, by=ministry, because=WHY).chosen_at is not None

    commitment.refresh_from_db()
    assert commitment.signed_on is None


def test_a_value_the_model_refuses_is_refused_in_words_and_nothing_is_marked(cohort, ministry):
    assert refused(state(cohort, "year", "1999"), ministry, because=WHY)

    cohort.refresh_from_db()
    assert cohort.year == 2018
    assert Statement.objects.get().chosen_at is None


def test_a_value_the_database_refuses_is_refused_in_words(participation, ministry):
    memorandum = Memorandum.objects.create(
        participation=participation, signed_on="2018-05-08", ends_on="2018-12-31"
    )
    Signatory.objects.create(memorandum=memorandum, side="region", office="Bupati")

    assert refused(state(memorandum, "ends_on", "2018-01-01"), ministry, because=WHY)

    memorandum.refresh_from_db()
    assert memorandum.ends_on == dt.date(2018, 12, 31)


def test_a_record_that_is_gone_cannot_be_chosen_for(said, commitment, ministry):
    commitment.delete()

    assert refused(said, ministry, because=WHY)


def test_a_choice_about_a_record_that_is_gone_is_taken_back_and_nothing_else(
    said, commitment, ministry
):
    statements.choose(said, by=ministry, because=WHY)
    commitment.delete()

    freed = statements.unchoose(said, by=ministry)

    assert (freed.chosen_at, freed.chosen_by, freed.chosen_because) == (None, None, "")
    assert [e.chosen_by_id for e in events(Statement, said)] == [None, ministry.pk, None]


def test_a_noun_that_is_gone_takes_no_choice_and_gives_one_back(said, ministry):
    chosen = statements.choose(said, by=ministry, because=WHY)
    chosen.content_type = ContentType.objects.create(app_label="programs", model="gone")
    chosen.save()

    freed = statements.unchoose(chosen, by=ministry)

    assert refused(freed, ministry, because=WHY)
    assert not Statement.objects.filter(chosen_at__isnull=False).exists()


def test_a_statement_that_moved_meanwhile_is_read_again(said, commitment, ministry):
    Statement.objects.filter(pk=said.pk).update(field="place")

    assert refused(said, ministry, because=WHY)
