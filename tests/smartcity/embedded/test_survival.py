"""Kills, recycled process ids and crowds: there is one server, with all that was committed."""

import os
from contextlib import closing
from pathlib import Path

import psycopg2
import psycopg2.extras
import pytest

from smartcity.embedded import folders, locking, processes
from smartcity.embedded.errors import EmbeddedPostgresError
from smartcity.embedded.server import Cluster
from tests.smartcity.embedded.clusters import (
    ENSURE,
    ask,
    finish,
    foreign_process,
    kill_servers_in,
    put_pid,
    python,
    servers_in,
)


def test_stop_leaves_a_stranger_with_the_recycled_pid_alone(cluster):
    cluster.ensure()
    pid_file = cluster.data / "postmaster.pid"
    kill_servers_in(cluster.home)
    with foreign_process(cluster) as stranger:
        put_pid(pid_file, stranger)

        assert not cluster.stop()

        os.kill(stranger, 0)  # still there


@pytest.mark.parametrize("zombie", [False, True])
def test_a_killed_server_comes_back_though_its_pid_was_given_away(cluster, zombie):
    ask(cluster, "CREATE TABLE IF NOT EXISTS deed (word text); TRUNCATE deed")
    ask(cluster, "INSERT INTO deed VALUES ('committed')")
    kill_servers_in(cluster.home)
    with foreign_process(cluster, zombie=zombie) as stranger:
        put_pid(cluster.data / "postmaster.pid", stranger)
        put_pid(cluster.socket_folder / f"{folders.SOCKET_NAME}.lock", stranger)

        assert ask(cluster, "SELECT word FROM deed") == "committed"

    assert len(servers_in(cluster.home)) == 1


def test_a_killed_server_comes_back_while_an_old_session_still_works(cluster):
    with closing(psycopg2.connect(dbname="portal", async_=True, **cluster.ensure())) as busy:
        psycopg2.extras.wait_select(busy)
        busy.cursor().execute("SELECT count(*) FROM generate_series(1, 3000000)")
        kill_servers_in(cluster.home)

        assert ask(cluster, "SELECT 1") == 1


def test_an_empty_pid_file_is_no_obstacle(cluster):
    cluster.stop()
    (cluster.data / "postmaster.pid").touch()

    assert ask(cluster, "SELECT 1") == 1


def test_without_proc_the_processes_are_asked_from_ps(cluster, monkeypatch):
    monkeypatch.setattr(processes, "PROC", Path("/nowhere"))

    with foreign_process(cluster) as stranger, foreign_process(cluster, zombie=True) as zombie:
        found = {
            pid: processes.is_server_of(pid, data=cluster.data)
            for pid in (cluster.server_pid(), stranger, zombie)
        }

    assert list(found.values()) == [True, False, False]


def test_a_server_of_a_longer_path_is_not_ours(cluster):
    assert not processes.is_server_of(cluster.server_pid(), data=cluster.data.with_name("dat"))


def test_twelve_processes_at_once_give_one_server(folder):
    starters = [python(ENSURE, folder / "home") for _ in range(12)]
    results = [finish(starter) for starter in starters]

    assert [code for code, _, _ in results] == [0] * 12
    assert {out for _, out, _ in results} == {f"{folder}/home/run\n"}
    assert "".join(err for _, _, err in results).count("Started PostgreSQL") == 1
    assert (folder / "home" / "databases").read_text() == "portal\n"
    assert len(servers_in(folder)) == 1


def test_a_half_made_cluster_is_made_anew(folder):
    cluster = Cluster(folder / "home")
    starter = python(ENSURE, cluster.home)
    while not list(cluster.home.glob("new-data-*/PG_VERSION")):
        assert starter.poll() is None, starter.communicate()
    starter.kill()
    finish(starter)

    cluster.ensure("portal")

    assert ask(cluster, "SELECT 1") == 1
    assert len(servers_in(folder)) == 1


def test_a_data_folder_without_a_cluster_is_set_aside_not_deleted(folder, capsys):
    cluster = Cluster(folder / "home")
    folders.prepare_home(cluster.home)
    (cluster.home / "lock").touch()
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("18\n")

    cluster.ensure("portal")

    assert [path.name for path in cluster.home.glob("data.unusable-*/*")] == ["PG_VERSION"]
    assert "it is kept as data.unusable-" in capsys.readouterr().err


def test_a_lost_password_never_costs_the_data(cluster):
    cluster.stop()
    password = cluster.home / "password"
    kept = password.rename(cluster.home / "password.kept")

    with pytest.raises(EmbeddedPostgresError, match="password is gone"):
        cluster.ensure()

    kept.rename(password)
    assert ask(cluster, "SELECT current_database()") == "portal"


def test_a_cluster_of_another_release_is_refused_with_words(cluster):
    cluster.stop()
    version = cluster.data / "PG_VERSION"
    original = version.read_text()
    version.write_text("9\n")

    with pytest.raises(EmbeddedPostgresError, match="was made by PostgreSQL 9"):
        cluster.ensure()

    version.write_text(original)


def test_a_failing_start_shows_the_servers_own_words(cluster):
    cluster.stop()
    configuration = cluster.data / "postgresql.conf"
    original = configuration.read_text()
    configuration.write_text(f"{original}no_such_setting = 1\n")

    with pytest.raises(EmbeddedPostgresError, match='parameter "no_such_setting"'):
        cluster.ensure()

    configuration.write_text(original)


def test_a_lock_that_is_never_given_up_is_reported(folder):
    with (
        locking.exclusive(folder / "lock"),
        pytest.raises(EmbeddedPostgresError, match="Another process has held"),
        locking.exclusive(folder / "lock", timeout=0.1),
    ):
        pass
