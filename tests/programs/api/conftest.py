import pytest

from programs.domain import stages
from tests.factories import make_submitted


@pytest.fixture
def verified(stage, signer, ministry):
    """Bimtek I of Grobogan, verified and not published."""
    return stages.verify(make_submitted(stage, by=signer), by=ministry)


@pytest.fixture
def published(verified, ministry):
    return stages.publish(verified, by=ministry)
