import pytest

from programs.domain import stages
from tests.factories import make_submitted, stage_of


@pytest.fixture
def submitted(stage, signer):
    return make_submitted(stage, signer)


@pytest.fixture
def verified(submitted, ministry):
    return stages.verify(submitted, by=ministry)


@pytest.fixture
def draft(participation):
    return stage_of(participation, 2)


@pytest.fixture
def boss(nobody):
    """A superuser who is not of the ministry."""
    nobody.is_superuser = True
    nobody.save()
    return nobody
