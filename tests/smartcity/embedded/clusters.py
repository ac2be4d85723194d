"""Clusters of the tests' own, the processes around them, and their end."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg2
import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
IS_ROOT = os.geteuid() == 0
as_root = pytest.mark.skipif(not IS_ROOT, reason="only root can change to another user")

ENSURE = """
import sys
from pathlib import Path
from smartcity.embedded.server import Cluster
print(Cluster(Path(sys.argv[1])).ensure("portal")["host"])
"""

DJANGO = """
import sys, django
from django.conf import settings
settings.configure(
    DATABASES={"default": {"ENGINE": sys.argv[1], "NAME": "portal"}},
    INSTALLED_APPS=["smartcity"],
)
django.setup()
"""
MANAGE = (
    DJANGO
    + """
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", *sys.argv[2:]])
"""
)


def servers_in(folder):
    """Process ids of the PostgreSQL servers whose data is below the folder."""
    found = []
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = command.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"-D" in words and words[words.index(b"-D") + 1].startswith(os.fsencode(folder)):
            found.append(int(command.parent.name))
    return found


def kill_servers_in(folder):
    for pid in servers_in(folder):
        with suppress(ProcessLookupError):  # a helper process that went with its server
            os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while servers_in(folder) and time.monotonic() < deadline:
        time.sleep(0.02)


def new_folder():
    """Below /var/tmp: the server's account cannot enter the tmp_path of a pytest run by root."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/var/tmp"))
    folder.chmod(0o711)
    return folder


def remove(folder):
    kill_servers_in(folder)
    shutil.rmtree(folder)


def python(script, *arguments, **options):
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def finish(process):
    try:
        out, err = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    return process.returncode, out, err


def manage(home, *arguments, engine="smartcity.embedded"):
    environment = os.environ | {"EMBEDDED_POSTGRES_DIR": str(home)}
    return finish(python(MANAGE, engine, *arguments, env=environment))


def ask(cluster, query, database="portal"):
    """Run one statement and return its first value, if it has one."""
    with closing(psycopg2.connect(dbname=database, **cluster.ensure())) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()[0] if cursor.description else None


def mode(path):
    return stat.S_IMODE(path.lstat().st_mode)


@contextmanager
def foreign_process(cluster, *, zombie=False):
    """A process of the server's user that is not the server."""
    owner = cluster.data.stat()
    drop = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if IS_ROOT else {}
    process = subprocess.Popen(["sleep", "0" if zombie else "60"], cwd="/", **drop)
    if zombie:
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()


def put_pid(path, pid):
    """Write the id into the first line of a lock file that a killed server left behind."""
    _, *rest = path.read_text().splitlines()
    path.write_text("\n".join([str(pid), *rest, ""]))
