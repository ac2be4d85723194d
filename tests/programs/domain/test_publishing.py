import pytest
from django.core.exceptions import PermissionDenied

from programs.domain import publishing
from programs.models import (
    Award,
    AwardCategory,
    AwardEvent,
    Candidacy,
    EvaluationRound,
    EvaluationScheme,
    Institution,
    Letter,
    Masterplan,
    Memorandum,
    Publication,
)
from regencies.errors import RuleError
from tests import factories


@pytest.fixture
def letter(regency):
    return Letter.objects.create(kind="result", sender="Dirjen", regency=regency)


@pytest.fixture
def example(regency):
    return factories.make_participation(
        regency,
        factories.make_cohort(2099, publication="internal", is_example=True, slug="contoh"),
        publication=Publication.INTERNAL,
    )


def test_a_row_is_opened_to_the_public_and_taken_back(letter, ministry):
    opened = publishing.publish(letter, by=ministry)
    letter.refresh_from_db()
    assert opened.publication == letter.publication == "public"

    publishing.unpublish(letter, by=ministry)
    letter.refresh_from_db()
    assert letter.publication == "internal"


def test_what_is_so_already_is_refused_with_words(letter, ministry):
    with pytest.raises(RuleError, match="sudah"):
        publishing.publish(publishing.publish(letter, by=ministry), by=ministry)
    publishing.unpublish(letter, by=ministry)
    with pytest.raises(RuleError):
        publishing.unpublish(letter, by=ministry)


@pytest.mark.parametrize(
    "role", ["nobody", "contributor", "officer", "signer", "observer", "expert", "stranger"]
)
def test_only_the_ministry_decides(role, letter, ministry, request):
    with pytest.raises(PermissionDenied):
        publishing.publish(letter, by=request.getfixturevalue(role))

    letter.refresh_from_db()
    assert letter.publication == "internal"


def test_a_superuser_decides_nothing_about_any_kind_of_row(letter, nobody):
    nobody.is_superuser = True
    nobody.save()
    scheme = EvaluationScheme.objects.create(slug="2021", name="Pedoman 2021")
    held = EvaluationRound.objects.create(year=2021, scheme=scheme)

    for row in (letter, held):
        with pytest.raises(PermissionDenied):
            publishing.publish(row, by=nobody)


def test_example_data_is_refused_however_far_its_cohort_is(example, ministry, regency):
    giver = Institution.objects.create(slug="kominfo", name="Kominfo")
    event = AwardEvent.objects.create(name="Malam", organiser=giver, cohort=example.cohort)
    category = AwardCategory.objects.create(event=event, name="Terbaik")
    plan = Masterplan.objects.create(participation=example, first_year=2018, last_year=2022)
    rows = [
        example,
        Candidacy.objects.create(regency=regency, cohort=example.cohort),
        Memorandum.objects.create(participation=example),
        plan,
        Award.objects.create(category=category, regency=regency, awarding_body=giver),
    ]

    for row in rows:
        with pytest.raises(RuleError, match="contoh"):
            publishing.publish(row, by=ministry)

    assert {type(row).objects.get(pk=row.pk).publication for row in rows} == {"internal"}


def test_the_refusals_of_many_rows_take_two_queries(
    example, letter, ministry, regency, django_assert_num_queries
):
    public = publishing.publish(letter, by=ministry)
    of_example = Letter.objects.create(kind="other", sender="x", cohort=example.cohort)
    Letter.objects.create(kind="other", sender="y")

    with django_assert_num_queries(2):
        found = publishing.refusals(Letter.objects.all(), Publication.PUBLIC)

    assert set(found) == {public.pk, of_example.pk}


def test_a_row_without_a_region_follows_the_national_right(ministry, officer):
    scheme = EvaluationScheme.objects.create(slug="2021", name="Pedoman 2021")
    held = EvaluationRound.objects.create(year=2021, scheme=scheme)

    with pytest.raises(PermissionDenied):
        publishing.publish(held, by=officer)
    assert publishing.publish(held, by=ministry).publication == "public"
