import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, InternalError, transaction

from programs.domain import definitions, opening
from programs.models import (
    AssessmentCriterion,
    BookDefinition,
    Cohort,
    Requirement,
    SectionDefinition,
    StageDefinition,
)
from regencies.errors import RuleError
from tests import factories


@pytest.fixture
def whole(cohort):
    """The cohort of 2018 with a book of two sections and two criteria beside its stages."""
    book = BookDefinition.objects.create(cohort=cohort, number=1, title="Analisis")
    for title in ("Kesiapan", "Kesenjangan"):
        SectionDefinition.objects.create(book=book, title=title)
    for slug, weight in (("infrastruktur", 60), ("visi", 40)):
        AssessmentCriterion.objects.create(
            cohort=cohort, slug=slug, title=slug.title(), weight=weight
        )
    return cohort


@pytest.fixture
def superuser(db):
    user = factories.make_user("root@test.example")
    user.is_superuser = True
    user.save()
    return user


def next_year(cohort, **fields):
    given = {"program": cohort.program, "year": 2020, "slug": "2020", "phase": "Tahap IV"}
    return Cohort(**given | fields)


def test_a_new_cohort_begins_with_everything_the_last_one_defined(whole, ministry):
    new = definitions.begin(next_year(whole), by=ministry, copied_from=whole)

    assert definitions.count(new) == definitions.count(whole)
    assert definitions.count(new) == definitions.Counts(
        stages=4, requirements=4, books=1, sections=2, criteria=2
    )
    assert [stage.due_on for stage in new.stage_definitions.all()] == [
        dt.date(2020, month, 10) for month in (5, 6, 7, 8)
    ]
    assert [criterion.weight for criterion in new.criteria.all()] == [60, 40]
    assert (new.publication, new.definitions_published_at) == ("internal", None)


def test_a_copy_leaves_the_original_alone(whole, ministry):
    new = definitions.begin(next_year(whole), by=ministry, copied_from=whole)

    new.stage_definitions.update(title="Lain")
    new.books.get().sections.all().delete()

    assert set(whole.stage_definitions.values_list("title", flat=True)) == {
        f"Tahap {number}" for number in range(1, 5)
    }
    assert whole.books.get().sections.count() == 2


def test_29_february_becomes_the_28th(whole, ministry):
    whole.stage_definitions.filter(number=1).update(due_on=dt.date(2016, 2, 29))

    new = definitions.begin(next_year(whole, year=2021), by=ministry, copied_from=whole)

    assert new.stage_definitions.get(number=1).due_on == dt.date(2019, 2, 28)


def test_a_cohort_may_begin_empty_and_never_twice_a_year(whole, ministry):
    empty = definitions.begin(next_year(whole), by=ministry, copied_from=None)

    assert definitions.count(empty) == definitions.Counts(0, 0, 0, 0, 0)
    with pytest.raises(ValidationError) as refusal:
        definitions.begin(next_year(whole), by=ministry, copied_from=whole)
    assert set(refusal.value.message_dict) == {"slug", "__all__"}
    assert Cohort.objects.count() == 2


def test_who_may_begin_adjust_and_publish(whole, officer, superuser):
    for act in (
        lambda: definitions.begin(next_year(whole), by=officer, copied_from=None),
        lambda: definitions.adjust(whole, by=officer, due_on={}, weights={}),
        lambda: definitions.publish(whole, by=officer),
        lambda: definitions.publish(whole, by=superuser),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_dates_and_weights_are_adjusted_for_this_cohort_alone(whole, ministry):
    other = definitions.begin(next_year(whole), by=ministry, copied_from=whole)
    stage, criterion = whole.stage_definitions.first(), whole.criteria.first()
    foreign = other.stage_definitions.first()

    definitions.adjust(
        whole,
        by=ministry,
        due_on={stage.pk: None, foreign.pk: None},
        weights={criterion.pk: Decimal("55.5")},
    )

    stage.refresh_from_db()
    criterion.refresh_from_db()
    foreign.refresh_from_db()
    assert (stage.due_on, criterion.weight) == (None, Decimal("55.50"))
    assert foreign.due_on == dt.date(2020, 5, 10)


def test_every_problem_is_named_before_publishing(whole, ministry):
    whole.stage_definitions.filter(number=4).delete()
    Requirement.objects.filter(definition__number=2).delete()
    whole.stage_definitions.filter(number=1).update(due_on=dt.date(2018, 12, 31))
    whole.books.all().delete()
    whole.criteria.filter(slug="visi").update(weight=30)

    assert definitions.problems(whole) == [
        "Bimtek II belum memiliki luaran wajib.",
        "Belum ada: Bimtek IV.",
        "Batas waktu tidak urut menurut tahap.",
        "Belum ada buku masterplan yang ditetapkan.",
        "Jumlah bobot kriteria 90.00, seharusnya 100.",
    ]
    with pytest.raises(RuleError, match="Belum ada: Bimtek IV"):
        definitions.publish(whole, by=ministry)
    whole.refresh_from_db()
    assert whole.definitions_published_at is None


@pytest.mark.parametrize(
    ("weights", "count"), [((None, None), 0), ((100, None), 1), ((60, 40), 0)]
)
def test_weights_are_all_known_or_none(whole, weights, count):
    for criterion, weight in zip(whole.criteria.all(), weights, strict=True):
        AssessmentCriterion.objects.filter(pk=criterion.pk).update(weight=weight)

    assert len(definitions.problems(whole)) == count


def test_published_definitions_are_signed_and_published_once(whole, ministry):
    published = definitions.publish(whole, by=ministry)

    assert (published.definitions_published_at is None, published.definitions_published_by) == (
        False,
        ministry,
    )
    for act in (
        lambda: definitions.publish(whole, by=ministry),
        lambda: definitions.adjust(whole, by=ministry, due_on={}, weights={}),
    ):
        with pytest.raises(RuleError, match="sudah diterbitkan"):
            act()


FROZEN = {
    "stage_definition_is_frozen": [
        lambda c: c.stage_definitions.update(title="Lain"),
        lambda c: StageDefinition.objects.create(cohort=c, number=4, title="Lagi"),
    ],
    "requirement_is_frozen": [
        lambda c: Requirement.objects.filter(definition__cohort=c).update(title="Lain"),
        lambda c: c.stage_definitions.filter(number=4).delete(),  # which asks for its outputs
        lambda c: Requirement.objects.create(
            definition=c.stage_definitions.first(), slug="lain", title="Lain"
        ),
    ],
    "book_definition_is_frozen": [
        lambda c: c.books.update(title="Lain"),
        lambda c: BookDefinition.objects.create(cohort=c, number=2, title="Lain"),
    ],
    "section_definition_is_frozen": [
        lambda c: SectionDefinition.objects.filter(book__cohort=c).delete(),
        lambda c: SectionDefinition.objects.create(book=c.books.get(), title="Lain"),
    ],
    "criterion_is_frozen": [
        lambda c: c.criteria.update(weight=1),
        lambda c: c.criteria.all().delete(),
    ],
    "definitions_stay_published": [
        lambda c: Cohort.objects.filter(pk=c.pk).update(definitions_published_at=None),
    ],
}
CASES = [pytest.param(name, act, id=name) for name, acts in FROZEN.items() for act in acts]


@pytest.mark.parametrize(("name", "act"), CASES)
def test_the_database_freezes_what_is_published(name, act, whole, ministry):
    definitions.publish(whole, by=ministry)
    before = definitions.count(whole)

    with pytest.raises((IntegrityError, InternalError), match=name), transaction.atomic():
        act(whole)
    assert definitions.count(whole) == before


def test_a_definition_cannot_move_into_a_published_cohort(whole, ministry):
    other = definitions.begin(next_year(whole), by=ministry, copied_from=whole)
    definitions.publish(whole, by=ministry)
    StageDefinition.objects.filter(cohort=other, number=4).update(title="Masih bebas")

    with pytest.raises(IntegrityError, match="book_definition_is_frozen"), transaction.atomic():
        BookDefinition.objects.filter(cohort=other).update(cohort=whole, number=3)


def test_stages_open_only_when_the_definitions_are_published(whole, ministry, regency):
    factories.make_participation(regency, whole)
    with pytest.raises(RuleError, match="Terbitkan dahulu"):
        opening.open_stages(whole, by=ministry)

    definitions.publish(whole, by=ministry)

    assert opening.open_stages(whole, by=ministry) == opening.Opened(stages=0, outputs=0)
