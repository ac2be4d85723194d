"""Two people at the same moment, on real connections: one wins, the other is told."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import connection, transaction

from programs.domain import editing, stages
from programs.models import Transition
from regencies.access import Role
from regencies.errors import RuleError, StaleError
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

ENOUGH_TO_REACH_THE_LOCKED_ROW = 0.5  # seconds


@pytest.fixture
def stage():
    return factories.stage_of(factories.make_participation())


@pytest.fixture
def signer(stage):
    return factories.make_signer(stage.participation.regency)


def in_another_connection(deed):
    """Run ``deed`` on a connection of its own; answers its result or the refusal."""

    def run():
        try:
            return deed()
        except RuleError as refusal:
            return refusal
        finally:
            connection.close()

    return run


def test_a_second_verifier_waits_and_is_refused(stage, signer):
    first, second = (factories.make_user(role=Role.MINISTRY) for _ in range(2))
    factories.make_submitted(stage, signer)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            stages.verify(stage, by=first)
            other = pool.submit(in_another_connection(lambda: stages.verify(stage, by=second)))
            done, _waiting = wait([other], timeout=ENOUGH_TO_REACH_THE_LOCKED_ROW)
            assert not done
        refusal = other.result()

    assert isinstance(refusal, RuleError)
    stage.refresh_from_db()
    assert stage.verified_by == first
    assert Transition.objects.filter(verb="verify").count() == 1


def test_of_two_savers_the_second_sees_the_first_ones_values(stage, signer):
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            editing.edit(stage, by=signer, revision=1, venue="Pendopo")
            other = pool.submit(
                in_another_connection(
                    lambda: editing.edit(stage, by=signer, revision=1, venue="Hotel")
                )
            )
            done, _waiting = wait([other], timeout=ENOUGH_TO_REACH_THE_LOCKED_ROW)
            assert not done
        refusal = other.result()

    assert isinstance(refusal, StaleError)
    assert refusal.current == {"venue": "Pendopo"}
    assert stage.sessions.get().venue == "Pendopo"


def test_of_many_submissions_at_once_exactly_one_counts(stage, signer):
    factories.complete(stage, signer)

    with ThreadPoolExecutor(8) as pool:
        deed = in_another_connection(lambda: stages.submit(stage, by=signer))
        results = [future.result() for future in [pool.submit(deed) for _ in range(8)]]

    assert sum(isinstance(result, RuleError) for result in results) == 7
    assert (stage.versions.count(), stage.transitions.count()) == (1, 1)
