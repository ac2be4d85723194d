"""``manage.py database``."""

import pytest

from smartcity.embedded import binaries
from smartcity.embedded.server import Cluster
from tests.smartcity.embedded.clusters import ask, manage, servers_in


def test_database_status_tells_version_folder_state_and_size(cluster):
    code, out, _ = manage(cluster.home, "database", "status")
    lines = out.splitlines()

    assert code == 0
    assert lines[:3] == [
        f"PostgreSQL {binaries.Programs(binaries.find_bindir()).version} (embedded)",
        f"Folder:    {cluster.home}",
        "Running:   yes",
    ]
    assert lines[3].endswith(" MB")


def test_database_status_before_the_first_start_makes_nothing(folder):
    _, out, _ = manage(folder / "home", "database", "status")

    assert out.splitlines()[2:] == ["Running:   no", "Size:      no database yet"]
    assert not (folder / "home").exists()


def test_database_stop_stops_the_server(cluster):
    assert manage(cluster.home, "database", "stop")[1] == "PostgreSQL is stopped.\n"
    assert servers_in(cluster.home) == []
    assert manage(cluster.home, "database", "stop")[1] == "PostgreSQL was not running.\n"


def test_database_reset_deletes_nothing_without_a_yes(cluster):
    code, out, err = manage(cluster.home, "database", "reset")

    assert (code, err) == (1, "CommandError: Nothing was deleted.\n")
    assert f"  {cluster.data}\n" in out
    assert ask(cluster, "SELECT current_database()") == "portal"


def test_database_reset_deletes_the_cluster_and_no_other_file(folder):
    cluster = Cluster(folder / "home")
    cluster.ensure("portal")
    (cluster.home / "notes.txt").touch()

    code, _, err = manage(cluster.home, "database", "reset", "--yes")

    assert code == 0, err
    assert sorted(path.name for path in cluster.home.iterdir()) == ["lock", "notes.txt"]
    assert servers_in(folder) == []
    assert cluster.ensure("portal")["user"] == "smartcity"


@pytest.mark.parametrize("verb", ["status", "stop", "reset"])
def test_database_refuses_when_another_server_is_in_use(cluster, verb):
    code, _, err = manage(cluster.home, "database", verb, engine="django.db.backends.postgresql")

    assert code == 1
    assert err.startswith("CommandError: DATABASE_URL is set")
    assert len(servers_in(cluster.home)) == 1
