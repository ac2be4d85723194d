from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from programs.domain import schemes
from programs.models import EvaluationComponent, EvaluationScheme
from regencies.access import Role
from regencies.errors import RuleError
from tests import factories
from tests.nouns import honours

ENOUGH_TO_REACH_THE_LOCKED_ROW = 0.5  # seconds


@pytest.fixture
def scheme(db):
    return honours.make_scheme()


def test_publishing_signs_and_freezes(scheme, ministry):
    published = schemes.publish(scheme, by=ministry)

    scheme.refresh_from_db()
    assert (scheme.published_by, scheme.published_at) == (ministry, published.published_at)
    with pytest.raises(DatabaseError), transaction.atomic():
        scheme.components.update(weight=20)


@pytest.mark.parametrize("weights", [[], [("Baseline", 90)], [("A", 60), ("B", "40.01")]])
def test_only_a_whole_hundred_is_published(db, ministry, weights):
    scheme = honours.make_scheme(weights=weights)

    with pytest.raises(RuleError):
        schemes.publish(scheme, by=ministry)
    assert EvaluationScheme.objects.get().published_at is None


def test_a_scheme_is_published_once(scheme, ministry):
    schemes.publish(scheme, by=ministry)

    with pytest.raises(RuleError):
        schemes.publish(scheme, by=ministry)


def test_weights_that_the_person_did_not_read_are_not_published(scheme, ministry):
    seen = schemes.weights(scheme)
    assert seen == "Baseline 10 · Output 20 · Outcome 30 · Impact 20 · Quick Win 20"
    scheme.components.filter(slug="outcome").update(weight=20)
    scheme.components.filter(slug="impact").update(weight=30)

    with pytest.raises(RuleError):
        schemes.publish(scheme, by=ministry, seen=seen)
    assert schemes.publish(scheme, by=ministry, seen=schemes.weights(scheme)).published_at


@pytest.mark.parametrize("who", ["officer", "observer", "nobody"])
def test_only_the_ministry_publishes_and_copies(scheme, who, request):
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        schemes.publish(scheme, by=person)
    with pytest.raises(PermissionDenied):
        schemes.copy(scheme, slug="baru", name="Baru", by=person)


def test_a_superuser_without_the_ministrys_role_publishes_nothing(scheme, nobody):
    nobody.is_superuser = True

    with pytest.raises(PermissionDenied):
        schemes.publish(scheme, by=nobody)


def test_a_frozen_scheme_goes_on_as_a_copy(scheme, ministry):
    schemes.publish(scheme, by=ministry)

    new = schemes.copy(scheme, slug="2024", name="Pedoman 2024", by=ministry)

    assert (new.slug, new.name, new.highest_score, new.published_at) == (
        "2024",
        "Pedoman 2024",
        scheme.highest_score,
        None,
    )
    assert schemes.weights(new) == schemes.weights(scheme)
    new.components.update(weight=20)  # it is free


def test_a_copy_needs_a_short_name_of_its_own(scheme, ministry):
    with pytest.raises(RuleError) as refusal:
        schemes.copy(scheme, slug=scheme.slug, name="Lagi", by=ministry)

    assert refusal.value.fields == ("slug",)


def in_another_connection(deed):
    def run():
        try:
            return deed()
        except (RuleError, DatabaseError) as refusal:
            return refusal
        finally:
            connection.close()

    return run


def change(scheme, slug, weight):
    return EvaluationComponent.objects.filter(scheme=scheme, slug=slug).update(weight=weight)


@pytest.mark.django_db(transaction=True)
def test_who_publishes_waits_for_a_change_of_weights_and_is_refused():
    scheme, person = honours.make_scheme(), factories.make_user(role=Role.MINISTRY)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            change(scheme, "outcome", 20)
            other = pool.submit(in_another_connection(lambda: schemes.publish(scheme, by=person)))
            done, _waiting = wait([other], timeout=ENOUGH_TO_REACH_THE_LOCKED_ROW)
            assert not done
        refusal = other.result()

    assert isinstance(refusal, RuleError)
    assert EvaluationScheme.objects.get().published_at is None


@pytest.mark.django_db(transaction=True)
def test_a_change_of_weights_waits_for_who_publishes_and_is_refused():
    scheme, person = honours.make_scheme(), factories.make_user(role=Role.MINISTRY)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            schemes.publish(scheme, by=person)
            other = pool.submit(in_another_connection(lambda: change(scheme, "outcome", 20)))
            done, _waiting = wait([other], timeout=ENOUGH_TO_REACH_THE_LOCKED_ROW)
            assert not done
        refusal = other.result()

    assert isinstance(refusal, DatabaseError)
    assert schemes.with_weights(EvaluationScheme.objects.all()).get().weight_sum == 100
