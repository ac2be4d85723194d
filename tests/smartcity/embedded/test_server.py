"""What a running server is like."""

import fcntl
import os
from contextlib import contextmanager

import psycopg2
import pytest

from smartcity.embedded import folders
from tests.smartcity.embedded.clusters import IS_ROOT, ask, mode, servers_in


def test_only_its_user_can_read_password_data_and_socket(cluster):
    modes = {path.name: mode(path) for path in cluster.home.iterdir() if path.name != "databases"}

    assert modes == {
        "data": 0o700,
        "lock": 0o600,
        "password": 0o600,
        "run": 0o700,
        "server.log": 0o600,
    }
    assert mode(cluster.home) == (0o711 if IS_ROOT else 0o700)
    assert mode(cluster.socket_folder / folders.SOCKET_NAME) == 0o700


def test_login_needs_the_password(cluster):
    wrong = cluster.ensure() | {"password": "guess"}

    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(dbname="portal", **wrong)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("listen_addresses", ""),
        ("max_connections", "100"),
        ("TimeZone", "UTC"),
        ("log_min_duration_statement", "1s"),
        ("password_encryption", "scram-sha-256"),
        ("server_encoding", "UTF8"),
    ],
)
def test_the_server_is_durable_private_and_sensible(cluster, setting, value):
    assert ask(cluster, f"SHOW {setting}") == value


def test_a_setting_in_the_data_folder_cannot_switch_durability_off(cluster):
    ask(cluster, "ALTER SYSTEM SET fsync = off")
    cluster.stop()

    assert ask(cluster, "SHOW fsync") == "on"
    ask(cluster, "ALTER SYSTEM RESET fsync")


def test_a_database_is_created_once(cluster):
    cluster.ensure("extra")
    ask(cluster, "DROP DATABASE extra")

    cluster.ensure("extra")

    assert ask(cluster, "SELECT count(*) FROM pg_database WHERE datname = 'extra'") == 0


def test_a_database_that_exists_already_is_left_alone(cluster):
    ask(cluster, "CREATE DATABASE made_elsewhere")

    cluster.ensure("made_elsewhere")

    assert ask(cluster, "SELECT current_database()", "made_elsewhere") == "made_elsewhere"


def test_stop_stops_and_the_next_ensure_starts_again(cluster):
    assert cluster.stop()
    assert not cluster.is_ready()
    assert servers_in(cluster.home) == []
    assert not cluster.stop()

    assert ask(cluster, "SELECT 1") == 1


def test_a_running_server_marks_its_folder_as_in_use(cluster):
    """systemd-tmpfiles leaves a folder of /var/tmp alone that it cannot lock."""
    with closing_handle(cluster.home) as handle:
        with pytest.raises(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

        cluster.stop()
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def closing_handle(folder):
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)
