import pytest

from smartcity.embedded.server import Cluster
from tests.smartcity.embedded.clusters import new_folder, remove


@pytest.fixture
def folder():
    folder = new_folder()
    yield folder
    remove(folder)


@pytest.fixture(scope="session")
def shared_home():
    folder = new_folder()
    yield folder / "home"
    remove(folder)


@pytest.fixture
def cluster(shared_home):
    """A cluster several tests share, running and with a database "portal"."""
    cluster = Cluster(shared_home)
    cluster.ensure("portal")
    return cluster
