import datetime as dt
from concurrent.futures import ThreadPoolExecutor, wait
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from programs.domain import documents, recommendations
from programs.models import FollowUp, Recommendation
from regencies.access import Role
from regencies.errors import RuleError
from tests import factories
from tests.nouns import honours

ENOUGH_TO_REACH_THE_LOCKED_ROW = 0.5  # seconds


@pytest.fixture
def row(regency):
    return honours.make_recommendation(honours.make_evaluation(regency))


def test_a_recommendation_is_followed_to_its_end(row, officer, ministry):
    recommendations.report(row, by=officer, text=" Data dukung dilengkapi. ")
    recommendations.report(row, by=officer, text="Forum dibentuk.")
    recommendations.close(row, by=ministry, note="Diterima.")

    told = FollowUp.objects.values_list("text", "reported_by__email")
    assert list(told) == [
        ("Data dukung dilengkapi.", officer.email),
        ("Forum dibentuk.", officer.email),
    ]
    closed = Recommendation.objects.get()
    assert (closed.closed_by, closed.closing_note) == (ministry, "Diterima.")
    assert closed.closed_at is not None


def test_a_closed_one_takes_nothing_more(row, officer, ministry):
    recommendations.close(row, by=ministry, note="Diterima.")

    with pytest.raises(RuleError):
        recommendations.report(row, by=officer, text="Masih ada.")
    with pytest.raises(RuleError):
        recommendations.close(row, by=ministry, note="Lagi.")
    assert recommendations.refusals(Recommendation.objects.all()).keys() == {row.pk}


def test_who_reported_last_does_not_close(row, ministry):
    other = factories.make_user(role=Role.MINISTRY)
    recommendations.report(row, by=ministry, text="Atas nama daerah.")

    with pytest.raises(RuleError):
        recommendations.close(row, by=ministry, note="Selesai.")

    recommendations.report(row, by=other, text="Ditambah.")
    recommendations.close(row, by=ministry, note="Selesai.")  # the last one is another's
    assert Recommendation.objects.get().closed_by == ministry


@pytest.mark.parametrize("who", ["observer", "contributor", "stranger", "nobody"])
def test_who_may_not_report(row, who, request):
    with pytest.raises(PermissionDenied):
        recommendations.report(row, by=request.getfixturevalue(who), text="x")


@pytest.mark.parametrize("who", ["officer", "signer", "observer", "stranger", "nobody"])
def test_who_may_not_close(row, who, request):
    with pytest.raises(PermissionDenied):
        recommendations.close(row, by=request.getfixturevalue(who), note="x")


def test_a_superuser_neither_reports_nor_closes(row, nobody):
    nobody.is_superuser = True

    with pytest.raises(PermissionDenied):
        recommendations.report(row, by=nobody, text="Dicatat.")
    with pytest.raises(PermissionDenied):
        recommendations.close(row, by=nobody, note="x")


@pytest.mark.parametrize("text", ["", "  \n", "x" * 5001])
def test_a_report_and_a_closing_say_something_of_bearable_length(row, ministry, text):
    with pytest.raises(RuleError) as report:
        recommendations.report(row, by=ministry, text=text)
    with pytest.raises(RuleError) as closing:
        recommendations.close(row, by=ministry, note=text)

    assert (report.value.fields, closing.value.fields) == (("text",), ("note",))


def test_evidence_is_of_the_region_or_of_the_ministry(row, ministry, regency, elsewhere):
    def paper(name, place):
        content = factories.PDF + name.encode()
        upload = factories.pdf(f"{name}.pdf", content)
        return documents.store(upload, by=ministry, title=name, regency=place)

    for place in (regency, None):
        recommendations.report(row, by=ministry, text="x", evidence=paper(f"{place}", place))
    with pytest.raises(RuleError) as refusal:
        recommendations.report(row, by=ministry, text="x", evidence=paper("lain", elsewhere))

    assert refusal.value.fields == ("evidence",)
    assert FollowUp.objects.count() == 2


@pytest.mark.parametrize(
    ("zone", "late"), [("Asia/Jakarta", False), ("Asia/Makassar", True), ("Asia/Jayapura", True)]
)
def test_late_begins_with_the_next_day_of_the_region(row, zone, late):
    province = row.evaluation.regency.province
    type(province).objects.filter(pk=province.pk).update(zone=zone)
    Recommendation.objects.update(due_on=dt.date(2026, 1, 5))
    now = dt.datetime(2026, 1, 5, 23, 30, tzinfo=ZoneInfo("Asia/Jakarta"))

    assert Recommendation.objects.late(now).exists() is late


def test_a_closed_one_is_never_late(row, ministry):
    Recommendation.objects.update(due_on=dt.date(2018, 1, 5))
    assert Recommendation.objects.late().exists()

    recommendations.close(row, by=ministry, note="Selesai.")

    assert not Recommendation.objects.late().exists()
    assert not Recommendation.objects.open().exists()


@pytest.mark.django_db(transaction=True)
def test_a_report_waits_for_who_closes_and_is_refused():
    row = honours.make_recommendation()
    closer, reporter = (factories.make_user(role=Role.MINISTRY) for _ in range(2))

    def report():
        try:
            return recommendations.report(row, by=reporter, text="Terlambat.")
        except RuleError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            recommendations.close(row, by=closer, note="Selesai.")
            other = pool.submit(report)
            done, _waiting = wait([other], timeout=ENOUGH_TO_REACH_THE_LOCKED_ROW)
            assert not done
        refusal = other.result()

    assert isinstance(refusal, RuleError)
    assert not FollowUp.objects.exists()
