import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from programs.domain import participations
from programs.domain.participations_history import history
from programs.domain.revisions import events_of
from programs.models import Participation
from regencies import audit
from regencies.access import Role
from regencies.audit import Channel
from regencies.errors import RuleError
from tests.factories import make_cohort, make_participation, make_user

DAY = dt.date(2018, 7, 2)


@pytest.fixture
def other(participation, elsewhere):
    return make_participation(elsewhere, participation.cohort)


def state(participation):
    fields = ("status", "status_since", "status_reason", "replaced_by")
    return Participation.objects.filter(pk=participation.pk).values_list(*fields).get()


def test_a_withdrawal_keeps_its_day_and_reason(participation, ministry):
    participations.withdraw(participation, by=ministry, reason=" Mundur. ", on=DAY)

    assert state(participation) == ("withdrawn", DAY, "Mundur.", None)


def test_a_day_that_nobody_knows_may_stay_open(participation, ministry):
    participations.withdraw(participation, by=ministry, reason="Mundur.")

    assert state(participation) == ("withdrawn", None, "Mundur.", None)


def test_one_region_takes_the_place_of_another(participation, other, ministry):
    participations.replace(
        participation, replacement=other, by=ministry, reason="Diganti.", on=DAY
    )

    assert state(participation) == ("replaced", DAY, "Diganti.", other.pk)
    assert state(other) == ("active", None, "", None)


def test_whoever_ended_comes_back_and_the_history_keeps_both_reasons(
    participation, other, ministry
):
    with audit.entering(Channel.ADMIN, user_id=ministry.pk):
        participations.replace(participation, replacement=other, by=ministry, reason="Diganti.")
    with audit.entering(Channel.ADMIN, user_id=ministry.pk):
        participations.reinstate(participation, by=ministry, reason="Keliru.")

    assert state(participation) == ("active", None, "", None)
    back, gone, _made = history(participation)
    assert [(e.who, e.channel, e.reason) for e in (back, gone)] == [
        ("ministry@test.example", "admin", "Keliru."),
        ("ministry@test.example", "admin", "Diganti."),
    ]
    status = gone.changes[0]
    assert (status.before, status.after) == ("Aktif", "Digantikan")
    assert str(other) in [change.after for change in gone.changes]


def test_a_reason_does_not_cling_to_what_is_written_after_it(participation, ministry):
    with audit.entering(Channel.ADMIN, user_id=ministry.pk):
        participations.withdraw(participation, by=ministry, reason="Mundur.")
        Participation.objects.filter(pk=participation.pk).update(note="Catatan.")

    events = events_of(Participation).filter(pgh_obj=participation).order_by("pgh_id")
    assert [event.pgh_context["reason"] for event in events if event.pgh_context][-2:] == [
        "Mundur.",
        "",
    ]


@pytest.mark.parametrize("reason", ["", "  "])
@pytest.mark.parametrize("verb", ["withdraw", "replace", "reinstate"])
def test_nothing_is_done_without_a_reason(verb, reason, participation, other, ministry):
    if verb == "reinstate":
        participations.withdraw(participation, by=ministry, reason="Mundur.")
    before = state(participation)

    with pytest.raises(RuleError) as refused:
        act(verb, participation, other, ministry, reason)

    assert refused.value.fields == ("reason",)
    assert state(participation) == before


def act(verb, participation, other, by, reason="Alasan."):
    more = {"replacement": other} if verb == "replace" else {}
    return getattr(participations, verb)(participation, by=by, reason=reason, **more)


def test_a_day_to_come_is_refused(participation, ministry):
    with pytest.raises(RuleError):
        participations.withdraw(
            participation, by=ministry, reason="Mundur.", on=dt.date(2100, 1, 1)
        )


def test_what_has_ended_does_not_end_again_and_what_is_active_does_not_come_back(
    participation, other, ministry
):
    with pytest.raises(RuleError):
        participations.reinstate(participation, by=ministry, reason="Keliru.")
    participations.withdraw(participation, by=ministry, reason="Mundur.")

    for verb in ("withdraw", "replace"):
        with pytest.raises(RuleError):
            act(verb, participation, other, ministry)


@pytest.mark.parametrize("kind", ["itself", "other cohort", "ended"])
def test_not_everybody_can_take_the_place(kind, participation, other, ministry):
    replacement = {
        "itself": lambda: participation,
        "other cohort": lambda: make_participation(other.regency, make_cohort(2019)),
        "ended": lambda: participations.withdraw(other, by=ministry, reason="Mundur."),
    }[kind]()

    with pytest.raises(RuleError):
        act("replace", participation, replacement, ministry)
    assert state(participation)[0] == "active"


@pytest.mark.parametrize("verb", ["withdraw", "replace"])
@pytest.mark.parametrize(
    "who", ["contributor", "officer", "signer", "observer", "expert", "stranger", "nobody", "boss"]
)
def test_only_the_ministry_decides(who, verb, participation, other, request):
    person = make_user() if who == "boss" else request.getfixturevalue(who)
    person.is_superuser = who == "boss"
    person.save()

    with pytest.raises(PermissionDenied):
        act(verb, participation, other, person)
    assert state(participation)[0] == "active"


def test_a_superuser_of_the_ministry_decides_as_ministry(participation):
    person = make_user(role=Role.MINISTRY)
    person.is_superuser = True
    person.save()

    act("withdraw", participation, None, person)

    assert state(participation)[0] == "withdrawn"


def test_the_database_takes_no_end_without_a_reason(participation):
    rows = Participation.objects.filter(pk=participation.pk)

    with pytest.raises(IntegrityError, match="ended_says_why"), transaction.atomic():
        rows.update(status="withdrawn")
    with pytest.raises(IntegrityError, match="ended_says_why"), transaction.atomic():
        rows.update(status_reason="Tanpa akhir.")


def test_the_history_costs_the_same_for_one_change_and_for_ten(
    participation, other, ministry, django_assert_num_queries
):
    for number in range(5):
        act("replace", participation, other, ministry, f"Ke-{number}")
        act("reinstate", participation, other, ministry)

    with django_assert_num_queries(3):
        assert len(history(participation)) == 11
