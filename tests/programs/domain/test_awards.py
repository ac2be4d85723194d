import datetime as dt

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.domain import awards
from programs.models import Award, Statement
from regencies.errors import RuleError
from tests import factories
from tests.nouns.honours import make_award, make_category, make_institution


@pytest.fixture
def category(db):
    return make_category()


def regions(count):
    return [factories.make_regency(f"33.{number:02}") for number in range(1, count + 1)]


def test_each_region_is_told_what_it_got(category, ministry, regency):
    had = make_award(regency, category, received_by="Bupati")
    new = factories.make_regency("33.16")

    results = awards.grant(
        category, [regency, new, new], body=make_institution(), by=ministry, given_by="Dirjen"
    )

    assert [(row.regency, row.is_new) for row in results] == [(regency, False), (new, True)]
    assert results[0].award == had
    assert Award.objects.count() == 2
    given = Award.objects.get(regency=new)
    assert (given.awarding_body.slug, given.given_by, given.publication) == (
        "kominfo",
        "Dirjen",
        "internal",
    )
    assert Award.objects.get(regency=regency).given_by == ""


@pytest.mark.parametrize("count", [1, 50])
def test_fifty_recipients_take_as_many_queries_as_one(count, category, ministry):
    places, body = regions(count), make_institution()
    assert ministry.held_memberships  # read once for each request

    with CaptureQueriesContext(connection) as queries:
        awards.grant(category, places, body=body, by=ministry)

    assert len(queries) == 5  # savepoint and its release, lock, who has it, all the rows
    assert Award.objects.count() == count


def test_a_competition_prize_stands_beside_the_award_of_the_programme(category, ministry, regency):
    prize = make_category(name="Favorit lomba video", kind="competition")

    for each in (category, prize):
        awards.grant(each, [regency], body=make_institution(), by=ministry)

    kinds = Award.objects.filter(regency=regency).values_list("category__kind", flat=True)
    assert sorted(kinds) == ["competition", "programme"]


@pytest.mark.parametrize("who", ["officer", "signer", "observer", "nobody"])
def test_only_the_ministry_grants_and_takes_back(who, category, regency, request):
    person = request.getfixturevalue(who)
    make_award(regency, category)

    with pytest.raises(PermissionDenied):
        awards.grant(category, [regency], body=make_institution(), by=person)
    with pytest.raises(PermissionDenied):
        awards.take_back(Award.objects.all(), by=person)
    assert Award.objects.count() == 1


def test_nobody_is_granted_anything_without_an_awarding_body(category, ministry, regency):
    with pytest.raises(RuleError) as refusal:
        awards.grant(category, [regency], body=None, by=ministry)

    assert refusal.value.fields == ("awarding_body",)
    assert not Award.objects.exists()


def test_what_nobody_touched_is_taken_back_and_its_history_stays(category, ministry):
    granted = awards.grant(category, regions(3), body=make_institution(), by=ministry)
    first, second, third = (row.award for row in granted)
    second.received_by = "Bupati"
    second.save()
    source = factories.make_source()
    Statement.objects.create(
        content_type=ContentType.objects.get_for_model(Award),
        object_id=third.pk,
        source=source,
        stated="diterima",
    )

    results = awards.take_back(Award.objects.all(), by=ministry)

    assert [bool(row.refusal) for row in results] == [False, True, True]
    assert set(Award.objects.all()) == {second, third}
    written = history().filter(pgh_obj_id=first.pk).order_by("pgh_id")
    assert [row.pgh_label for row in written] == ["insert", "delete"]


def test_after_a_day_it_is_no_slip_any_more(category, ministry, regency, monkeypatch):
    awards.grant(category, [regency], body=make_institution(), by=ministry)
    monkeypatch.setattr(awards, "A_SLIP", dt.timedelta(0))

    (result,) = awards.take_back(Award.objects.all(), by=ministry)

    assert result.refusal
    assert Award.objects.count() == 1


def history():
    return apps.get_model("programs", "AwardHistory").objects.all()
