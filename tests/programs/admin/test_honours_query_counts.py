"""Lists and pages of awards and evaluations: as many queries for thirty rows as for one."""

import pytest
from django.contrib.contenttypes.models import ContentType

from programs.models import Award, AwardCategory, AwardEvent, EvaluationRound
from tests import factories
from tests.nouns import honours


def award(number):
    honours.make_award(factories.make_regency(f"33.{number:02}"))


def event(number):
    honours.make_category(honours.make_event(f"Acara {number}"))


def held(number):
    honours.make_evaluation(held=honours.make_round(2020 + number))


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    ("model", "make", "queries"),
    [
        (Award, award, 16),
        (AwardEvent, event, 10),
        (AwardCategory, event, 9),
        (EvaluationRound, held, 10),
    ],
)
def test_a_list_takes_the_same_queries_however_long(
    model, make, queries, count, client, ministry, django_assert_num_queries
):
    for number in range(1, count + 1):
        make(number)
    client.force_login(ministry)

    with django_assert_num_queries(queries):
        response = client.get(honours.list_of(model))

    assert len(response.context["cl"].result_list) == count


@pytest.mark.parametrize("count", [1, 10])
def test_an_evaluations_page_takes_the_same_queries_however_much_is_on_it(
    count, client, ministry, regency, django_assert_num_queries
):
    weights = [(f"K{number}", 100 // count) for number in range(count)]
    scheme = honours.make_published_scheme("banyak", weights)
    evaluation = honours.make_evaluation(regency, honours.make_round(scheme=scheme))
    honours.score(evaluation, *["3"] * count)
    for number in range(1, count + 1):
        agency = factories.make_agency(regency, f"Dinas {number}")
        honours.make_recommendation(evaluation, number, agency=agency)
    client.force_login(ministry)
    ContentType.objects.clear_cache()

    with django_assert_num_queries(10):
        response = client.get(honours.page_of(evaluation))

    assert len(response.context["recommendations"]) == count
