"""The engine seen from Django, in processes with settings of their own."""

import os

from tests.smartcity.embedded.clusters import (
    DJANGO,
    ask,
    finish,
    manage,
    python,
)


def test_django_starts_the_server_at_the_first_connection_only(folder):
    script = (
        DJANGO
        + """
from pathlib import Path
from django.db import connection
connection.ops, connection.vendor
print(Path(sys.argv[2]).exists())
with connection.cursor() as cursor:
    cursor.execute("SELECT current_database()")
    print(*cursor.fetchone())
"""
    )
    environment = os.environ | {"EMBEDDED_POSTGRES_DIR": str(folder / "home")}

    code, out, err = finish(python(script, "smartcity.embedded", folder / "home", env=environment))

    assert (code, out) == (0, "False\nportal\n"), err
    assert err.count("Started PostgreSQL") == len(err.splitlines()) == 1


def test_django_makes_and_drops_its_test_databases_in_the_cluster(cluster):
    script = (
        DJANGO
        + """
from django.db import connection
first = connection.creation.create_test_db(verbosity=0)
connection.creation.clone_test_db("gw0", verbosity=0)
with connection.cursor() as cursor:
    cursor.execute("SELECT datname FROM pg_database WHERE datname ~ '^test_' ORDER BY 1")
    print(*[name for name, in cursor.fetchall()])
connection.creation.destroy_test_db(suffix="gw0", verbosity=0)
connection.creation.destroy_test_db("portal", verbosity=0)
"""
    )
    environment = os.environ | {"EMBEDDED_POSTGRES_DIR": str(cluster.home)}

    code, out, err = finish(python(script, "smartcity.embedded", env=environment))

    assert (code, out) == (0, "test_portal test_portal_gw0\n"), err
    assert ask(cluster, "SELECT count(*) FROM pg_database WHERE datname ~ '^test_'") == 0


def test_django_reports_a_server_it_cannot_start_as_a_database_error(folder):
    script = (
        DJANGO
        + """
from django.db import OperationalError, connection
try:
    connection.ensure_connection()
except OperationalError as error:
    print(error)
"""
    )
    (folder / "home").symlink_to(folder)
    environment = os.environ | {"EMBEDDED_POSTGRES_DIR": str(folder / "home")}

    _, out, err = finish(python(script, "smartcity.embedded", env=environment))

    assert out.startswith(f"{folder}/home is not a folder"), err


def test_dbshell_reaches_the_embedded_server(cluster):
    code, out, err = manage(cluster.home, "dbshell", "--", "-Atc", "SELECT current_database()")

    assert (code, out) == (0, "portal\n"), err


def test_commands_without_a_database_start_nothing(folder):
    for command in ("--help", "check"):
        assert manage(folder / "home", command)[0] == 0

    assert not (folder / "home").exists()
