"""Where the files may be, and whose."""

import os
import shutil
from pathlib import Path

import pytest

from smartcity.embedded import folders
from smartcity.embedded.errors import EmbeddedPostgresError
from smartcity.embedded.server import Cluster
from tests.smartcity.embedded.clusters import (
    REPOSITORY,
    as_root,
    ask,
    kill_servers_in,
    mode,
)


def test_a_long_path_falls_back_to_a_short_socket_folder(folder):
    cluster = Cluster(folder / ("deep" * 30))
    away = cluster.socket_folder
    try:
        assert ask(cluster, "SELECT 1", "postgres") == 1
        assert away.parent.parent == Path("/tmp")
        assert mode(away) == 0o700

        cluster.reset()
        assert not away.exists()
    finally:
        kill_servers_in(folder)
        shutil.rmtree(away.parent, ignore_errors=True)


def test_a_path_with_spaces_quotes_and_commas_works(folder):
    cluster = Cluster(folder / "mother's (own), data")
    try:
        assert ask(cluster, "SELECT 1", "postgres") == 1
    finally:
        kill_servers_in(folder)
        shutil.rmtree(cluster.socket_folder.parent)


def test_a_path_the_shell_would_read_is_refused(folder):
    with pytest.raises(EmbeddedPostgresError, match="its path holds one of"):
        Cluster(folder / "$HOME").ensure()


def test_a_link_in_place_of_the_folder_is_refused(folder):
    (folder / "elsewhere").mkdir()
    (folder / "home").symlink_to(folder / "elsewhere")

    with pytest.raises(EmbeddedPostgresError, match="is not a folder"):
        Cluster(folder / "home").ensure()

    assert list((folder / "elsewhere").iterdir()) == []


def test_a_folder_others_can_write_to_is_refused(folder):
    (folder / "home").mkdir()
    (folder / "home").chmod(0o777)

    with pytest.raises(EmbeddedPostgresError, match="can be written to by other users"):
        Cluster(folder / "home").ensure()


def test_a_folder_with_other_files_is_refused(folder):
    (folder / "home").mkdir()
    (folder / "home" / "thesis.txt").touch()

    with pytest.raises(EmbeddedPostgresError, match="holds other files"):
        Cluster(folder / "home").ensure()


def test_a_short_socket_folder_is_refused_when_somebody_prepared_it(folder):
    cluster = Cluster(folder / ("deep" * 30))
    trap = cluster.socket_folder.parent
    trap.mkdir()
    try:
        trap.chmod(0o777)
        with pytest.raises(EmbeddedPostgresError, match="can be written to by other users"):
            cluster.ensure()
    finally:
        trap.rmdir()


@as_root
def test_a_folder_of_another_user_is_refused(folder):
    (folder / "home").mkdir()
    os.chown(folder / "home", 65534, 65534)

    with pytest.raises(EmbeddedPostgresError, match="belongs to another user"):
        Cluster(folder / "home").ensure()


@as_root
def test_parents_closed_to_the_server_are_refused_and_stay_closed(folder):
    (folder / "closed").mkdir(mode=0o700)

    with pytest.raises(EmbeddedPostgresError, match="cannot be reached by the server's account"):
        Cluster(folder / "closed" / "home").ensure()

    assert mode(folder / "closed") == 0o700


def test_the_folder_is_in_the_checkout_for_users_and_below_var_tmp_for_root(monkeypatch):
    monkeypatch.delenv("EMBEDDED_POSTGRES_DIR", raising=False)

    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert folders.home_folder() == REPOSITORY / ".postgres"
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert folders.home_folder().parent == Path("/var/tmp")
    monkeypatch.setenv("EMBEDDED_POSTGRES_DIR", "/srv/pg")
    assert folders.home_folder() == Path("/srv/pg")
