"""Which programs are run, and as whom."""

import os
import pwd
import shutil
from pathlib import Path

import pytest

from smartcity.embedded import binaries, folders
from smartcity.embedded.errors import EmbeddedPostgresError
from smartcity.embedded.server import Cluster
from tests.smartcity.embedded.clusters import (
    ENSURE,
    as_root,
    finish,
    mode,
    python,
    servers_in,
)


@as_root
def test_the_server_of_root_runs_as_somebody_else(cluster):
    owner = Path(f"/proc/{cluster.server_pid()}").stat().st_uid

    assert pwd.getpwuid(owner).pw_name in {"postgres", "nobody"}


@as_root
def test_binaries_out_of_reach_are_copied(folder, monkeypatch):
    original = binaries.find_bindir()
    closed = folder / "closed" / "site-packages"
    packages = original.parents[2]
    for source in (original.parent, packages / f"{binaries.WHEEL}.libs"):
        shutil.copytree(source, closed / source.relative_to(packages), symlinks=True)
    (folder / "closed").chmod(0o700)
    monkeypatch.setattr(binaries, "find_bindir", lambda: closed / original.relative_to(packages))
    cluster = Cluster(folder / "home")

    cluster.ensure()

    command = Path(f"/proc/{cluster.server_pid()}/cmdline").read_text()
    assert command.startswith(f"{cluster.home}/programs-")
    assert mode(folder / "closed") == 0o700


@as_root
def test_a_normal_user_runs_the_server_as_himself(folder):
    """The imports come first: the environment may be closed to the user ``nobody``."""
    nobody = pwd.getpwnam("nobody")
    account = folders.Account(nobody.pw_uid, nobody.pw_gid)
    account.own(folder)
    programs = binaries.find_programs(account, keep_in=folder)
    become = f"import os; os.setgroups([]); os.setgid({account.gid}); os.setuid({account.uid})\n"
    *imports, act = ENSURE.strip().splitlines()
    script = "\n".join([*imports, become, act])
    environment = os.environ | {"EMBEDDED_POSTGRES_BINDIR": str(programs.bindir)}

    code, out, err = finish(python(script, folder / "home", env=environment))

    assert (code, out) == (0, f"{folder}/home/run\n"), err
    [server] = servers_in(folder)
    assert Path(f"/proc/{server}").stat().st_uid == account.uid


def test_a_missing_wheel_says_what_to_do(monkeypatch):
    monkeypatch.delenv("EMBEDDED_POSTGRES_BINDIR", raising=False)
    monkeypatch.setattr(binaries, "WHEEL", "no_such_wheel")

    with pytest.raises(EmbeddedPostgresError, match=r"Set DATABASE_URL.*requirements/dev\.txt"):
        binaries.find_bindir()


def test_the_programs_do_not_see_the_portals_environment(folder, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hidden")
    monkeypatch.setenv("PGPORT", "6543")
    programs = binaries.Programs(Path("/usr/bin"))

    assert sorted(line.partition("=")[0] for line in programs.run("env").splitlines()) == sorted(
        {"PATH", "LC_ALL"} | {"LD_LIBRARY_PATH"} & os.environ.keys()
    )
