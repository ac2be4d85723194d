from decimal import Decimal

import pytest

from programs.models import ComponentScore, Evaluation, EvaluationRound, PillarScore
from tests import factories
from tests.nouns import honours

LIST = honours.list_of(Evaluation)


@pytest.fixture
def evaluation(regency):
    return honours.make_evaluation(regency)


def boxes(evaluation, scores, scorer="final"):
    parts = evaluation.round.scheme.components.all()
    return {f"c{part.pk}_{scorer}": number for part, number in zip(parts, scores, strict=False)}


def test_a_round_and_an_evaluation_are_added_by_the_ministry_alone(
    client, ministry, officer, regency
):
    scheme = honours.make_published_scheme()
    held = {"year": 2022, "phase": "once", "scheme": scheme.pk}
    client.force_login(officer)
    assert client.post(honours.adding(EvaluationRound), held).status_code == 403
    assert client.post(honours.adding(Evaluation), {}).status_code == 403

    client.force_login(ministry)
    assert client.post(honours.adding(EvaluationRound), held).status_code == 302
    form = {
        "regency": regency.pk,
        "round": EvaluationRound.objects.get().pk,
        "published_index": "3.31",
        "obstacles": "Data dukung terlambat.",
    }
    response = client.post(honours.adding(Evaluation), form)

    evaluation = Evaluation.objects.get()
    assert response.headers["Location"] == honours.page_of(evaluation)  # on to the scores
    assert evaluation.published_index == Decimal("3.31")


def test_scores_are_entered_as_one_table_and_the_index_follows(client, ministry, evaluation):
    pillar = honours.make_pillar()
    sent = boxes(evaluation, honours.KEDIRI) | boxes(evaluation, ["3.8"], "self")
    client.force_login(ministry)

    response = client.post(
        honours.page_of(evaluation),
        sent | {f"p{pillar.pk}_final": "3.07", "published_index": "3.31"},
    )

    assert response.status_code == 302
    assert ComponentScore.objects.filter(scorer="final").count() == 5
    assert ComponentScore.objects.get(scorer="self").score == Decimal("3.8")
    assert PillarScore.objects.get().score == Decimal("3.07")
    page = client.get(honours.page_of(evaluation)).content.decode()
    assert "3,315" in page
    assert client.get(LIST, {"index": "agrees"}).context["cl"].result_count == 1


def test_an_emptied_box_takes_the_score_away_and_others_stay(client, ministry, evaluation):
    honours.score(evaluation, "3", "2")
    client.force_login(ministry)

    client.post(honours.page_of(evaluation), boxes(evaluation, ["", "2"]))

    assert [row.score for row in ComponentScore.objects.all()] == [2]


@pytest.mark.parametrize("number", ["4.001", "-1", "abc", "1.2345"])
def test_a_score_beyond_the_scheme_is_refused_beside_its_box(client, ministry, evaluation, number):
    sent = boxes(evaluation, [number, "3"])
    client.force_login(ministry)

    response = client.post(honours.page_of(evaluation), sent | {"obstacles": "Tetap di sini."})

    first = next(iter(sent))
    assert list(response.context["adminform"].form.errors) == [first]
    page = response.content.decode()
    assert f'value="{number}"' in page
    assert "Tetap di sini." in page
    assert not ComponentScore.objects.exists()


def test_region_and_round_stay_what_they_were(client, ministry, evaluation, elsewhere):
    client.force_login(ministry)

    client.post(honours.page_of(evaluation), {"regency": elsewhere.pk, "national_rank": "22"})

    evaluation.refresh_from_db()
    assert (evaluation.regency.code, evaluation.national_rank) == ("33.15", 22)


def test_an_unpublished_scheme_has_no_boxes_but_a_link(client, ministry, regency):
    held = honours.make_round(scheme=honours.make_scheme("draf"))
    evaluation = honours.make_evaluation(regency, held)
    client.force_login(ministry)

    page = client.get(honours.page_of(evaluation)).content.decode()

    assert "portal-scores" not in page
    assert honours.page_of(held.scheme) in page


def test_a_scored_round_keeps_its_scheme_in_the_form(client, ministry, evaluation):
    honours.score(evaluation, "3")
    other, held = honours.make_published_scheme("2019"), evaluation.round
    client.force_login(ministry)

    response = client.post(
        honours.page_of(held),
        {"year": 2022, "phase": "once", "scheme": other.pk, "place": "Daring"},
    )

    assert response.status_code == 302
    held.refresh_from_db()
    assert (held.place, held.scheme.slug) == ("Daring", "2021")


@pytest.mark.parametrize(("index", "found"), [("differs", 1), ("agrees", 0), ("open", 1)])
def test_the_list_finds_indices_that_differ(client, ministry, evaluation, index, found):
    honours.score(evaluation, 3, 3, 3, 3, 2)
    Evaluation.objects.update(published_index=Decimal("3.10"))
    honours.make_evaluation(factories.make_regency("33.16"), published_index=3)
    client.force_login(ministry)

    assert client.get(LIST, {"index": index}).context["cl"].result_count == found


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_however_long(
    count, client, ministry, django_assert_num_queries
):
    for number in range(1, count + 1):
        row = honours.make_evaluation(factories.make_regency(f"33.{number:02}"))
        honours.score(row, *honours.KEDIRI)
    client.force_login(ministry)

    with django_assert_num_queries(15):
        response = client.get(LIST)

    assert len(response.context["cl"].result_list) == count
