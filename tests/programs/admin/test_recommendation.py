import datetime as dt

import pytest
from django.urls import reverse

from programs.domain import documents, recommendations
from programs.models import FollowUp, Recommendation
from tests import factories
from tests.nouns import honours

LIST = honours.list_of(Recommendation)


@pytest.fixture
def row(regency):
    return honours.make_recommendation(honours.make_evaluation(regency))


def step(verb):
    return reverse("admin:programs_recommendation_step", args=[verb])


def act(client, verb, *rows, **answer):
    return client.post(step(verb), {"rows": [row.pk for row in rows]} | answer)


def test_one_is_added_by_the_ministry_alone_at_the_next_place(client, ministry, officer, row):
    form = {"evaluation": row.evaluation.pk, "position": 2, "text": "Bentuk forum."}
    client.force_login(officer)
    assert client.post(honours.adding(Recommendation), form).status_code == 403

    client.force_login(ministry)
    page = client.get(honours.adding(Recommendation), {"evaluation": row.evaluation.pk})
    assert page.context["adminform"].form.initial["position"] == 2
    taken = client.post(honours.adding(Recommendation), form | {"position": 1})
    assert taken.status_code == 200
    assert client.post(honours.adding(Recommendation), form).status_code == 302
    assert Recommendation.objects.count() == 2


def test_the_agency_is_one_of_the_region(client, ministry, row, elsewhere):
    foreign = factories.make_agency(elsewhere)
    form = {"evaluation": row.evaluation.pk, "position": 2, "text": "x", "agency": foreign.pk}
    client.force_login(ministry)

    response = client.post(honours.adding(Recommendation), form)

    assert list(response.context["adminform"].form.errors) == ["agency"]


def test_a_report_with_evidence_and_then_the_closing_by_another(client, ministry, row, regency):
    paper = documents.store(factories.pdf(), by=ministry, title="Bukti", regency=regency)
    client.force_login(ministry)

    asked = client.post(LIST, {"action": "report", "_selected_action": row.pk})
    assert "autocomplete.js" in asked.content.decode()
    act(client, "report", row, text="Dilengkapi.", evidence=paper.pk)
    told = FollowUp.objects.get()
    assert (told.text, told.evidence, told.reported_by) == ("Dilengkapi.", paper, ministry)
    own = act(client, "close", row, note="Selesai.")
    assert [done for _row, done, _words in own.context["results"]] == [False]

    client.force_login(factories.make_user(role="ministry"))
    page = client.get(honours.page_of(row)).content.decode()
    assert "Dilengkapi." in page and step("close") in page  # noqa: PT018
    act(client, "close", row, note="Selesai.")

    row.refresh_from_db()
    assert row.closing_note == "Selesai."


@pytest.mark.parametrize("action", ["report", "close"])
def test_a_step_without_words_is_asked_again(client, ministry, row, action):
    client.force_login(ministry)

    response = act(client, action, row)

    assert response.context["errors"]
    assert not FollowUp.objects.exists()
    assert Recommendation.objects.open().exists()


def test_a_closed_one_is_only_read_and_refuses_each_step_in_words(client, ministry, row):
    recommendations.close(row, by=ministry, note="Selesai.")
    client.force_login(ministry)

    page = client.get(honours.page_of(row)).content.decode()
    changed = client.post(honours.page_of(row), {"text": "Lain"})

    assert changed.status_code == 403
    assert "Selesai." in page
    assert 'name="_save"' not in page and step("report") not in page  # noqa: PT018
    for action, is_open in (("report", False), ("close", False), ("make_public", True)):
        asked = act(client, action, row, text="x", note="x")
        assert [done for _row, done, _words in asked.context["results"]] == [is_open]


def test_a_superuser_is_offered_neither_report_nor_closing(client, boss, row):
    client.force_login(boss)

    page = client.get(honours.page_of(row)).content.decode()
    answers = [act(client, verb, row, text="x", note="x") for verb in ("report", "close")]

    assert step("report") not in page and step("close") not in page  # noqa: PT018
    assert [answer.status_code for answer in answers] == [403, 403]
    assert Recommendation.objects.open().exists()
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize(("state", "place"), [("late", 1), ("open", 2), ("closed", 3)])
def test_the_list_is_narrowed_by_state(client, ministry, row, state, place):
    Recommendation.objects.update(due_on=dt.date(2018, 1, 5))
    rows = [row, *(honours.make_recommendation(row.evaluation, n) for n in (2, 3))]
    recommendations.close(rows[2], by=ministry, note="Selesai.")
    client.force_login(ministry)

    found = list(client.get(LIST, {"state": state}).context["cl"].result_list)

    expected = {"late": rows[:1], "open": rows[:2], "closed": rows[2:]}[state]
    assert found == expected
    assert rows[place - 1] in found


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_however_long(
    count, client, ministry, django_assert_num_queries
):
    for number in range(1, count + 1):
        honours.make_recommendation(
            honours.make_evaluation(factories.make_regency(f"33.{number:02}"))
        )
    client.force_login(ministry)

    with django_assert_num_queries(14):
        response = client.get(LIST)

    assert len(response.context["cl"].result_list) == count
