"""Days are the region's own: late begins the next local day, in all three zones."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from programs.domain.gaps import gaps
from programs.models import Assignment, BimtekStage
from regencies.access import Role
from tests import factories

ZONES = {"31": "Asia/Jakarta", "73": "Asia/Makassar", "94": "Asia/Jayapura"}


@pytest.mark.parametrize(("province", "zone"), ZONES.items())
def test_late_begins_the_next_local_day(province, zone, db, monkeypatch):
    factories.make_province(province, zone=zone)
    participation = factories.make_participation(factories.make_regency(f"{province}.01"))
    due = factories.stage_of(participation).due_on
    midnight = dt.datetime.combine(due + dt.timedelta(days=1), dt.time(), ZoneInfo(zone))

    for moment, late in ((midnight - dt.timedelta(seconds=1), False), (midnight, True)):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        stage = BimtekStage.objects.with_place().get(definition__number=1)
        assert (stage.is_late, BimtekStage.objects.late().contains(stage)) == (late, late)


def test_a_bimtek_of_today_in_the_east_is_over_today(db, monkeypatch):
    """At one in the morning in Jayapura it is still yesterday in Jakarta."""
    factories.make_province("94", zone="Asia/Jayapura")
    participation = factories.make_participation(factories.make_regency("94.01"))
    stage = factories.stage_of(participation)
    signer = factories.make_signer(participation.regency)
    factories.complete(stage, signer)
    stage.sessions.update(starts_on="2018-06-02", ends_on=None)
    moment = dt.datetime(2018, 6, 2, 1, tzinfo=ZoneInfo("Asia/Jayapura"))

    monkeypatch.setattr(timezone, "now", lambda: moment)

    assert gaps(BimtekStage.objects.with_place().get(pk=stage.pk)) == []


@pytest.mark.parametrize(
    ("assigned", "recused", "sees"),
    [(-1, None, True), (1, None, False), (-1, 1, True), (-1, 0, False)],
)
def test_an_expert_sees_from_the_first_day_until_recused(assigned, recused, sees, participation):
    today = timezone.localdate()
    day = {n: today + dt.timedelta(days=n) for n in (-1, 0, 1)} | {None: None}
    expert = factories.make_user(role=Role.EXPERT)
    Assignment.objects.create(
        participation=participation,
        expert=expert,
        assigned_on=day[assigned],
        recused_on=day[recused],
    )

    assert BimtekStage.objects.visible_to(expert).exists() == sees
