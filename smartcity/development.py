"""``make run``: all a stranger needs before the first page, then the server.

The only place that turns development on. Its secrets lie in ``var/development.env``
(mode 0600), which ``manage.py`` reads when the environment names no SECRET_KEY.
"""

import hashlib
import os
import secrets
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import environ
from django.core.management import call_command

BASE_DIR = Path(__file__).resolve().parent.parent
SECRETS = BASE_DIR / "var" / "development.env"
STATIC_STAMP = BASE_DIR / "var" / "static.stamp"


def main() -> None:
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    refuse_taken_port(host, port)
    enter()
    django.setup()
    prepare()
    say(f"\nThe portal is at http://{host}:{port}/ (Ctrl-C stops it; the data stays).\n\n")
    gunicorn = Path(sys.executable).parent / "gunicorn"
    command = ["gunicorn", "-c", "deploy/gunicorn.conf.py", "-b", f"{host}:{port}"]
    os.chdir(BASE_DIR)
    os.execv(gunicorn, [*command, "smartcity.wsgi"])  # noqa: S606 -- our own server, no shell


def enter() -> None:
    """Turn development on, with a secret key of this checkout's own."""
    if not SECRETS.exists():
        SECRETS.parent.mkdir(parents=True, exist_ok=True)
        SECRETS.touch(mode=0o600)
        SECRETS.write_text(f"DEVELOPMENT=1\nSECRET_KEY={secrets.token_urlsafe(50)}\n")
    environ.Env.read_env(SECRETS)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartcity.settings")


def prepare() -> None:
    """Database, reference data, cohorts, articles, static files, examples; quick the next time."""
    with step("Database and migrations"):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    with step("Provinces, regencies and cities"):
        call_command("load_reference")
    with step("Cohorts of 2017-2024"):
        call_command("load_cohorts")
    with step("Founding articles"):
        call_command("load_articles")
    with step("Static files"):
        collect_static()
    with step("Example accounts and example cohort"):
        call_command("load_example")


def collect_static() -> None:
    """Collect and compress the static files, unless none has changed since the last time."""
    files = sorted(p for p in (BASE_DIR / "static" / "dist").rglob("*") if p.is_file())
    facts = [f"{p}:{p.stat().st_size}:{p.stat().st_mtime_ns}" for p in files]
    facts.append((BASE_DIR / "requirements" / "base.txt").read_text())
    stamp = hashlib.sha256("\n".join(facts).encode()).hexdigest()
    if STATIC_STAMP.exists() and STATIC_STAMP.read_text() == stamp:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    STATIC_STAMP.write_text(stamp)


def refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(f"Port {port} cannot be used ({error.strerror}); try: make run PORT=8001")


@contextmanager
def step(title: str) -> Iterator[None]:
    say(f"{title} ...\n")
    began = time.monotonic()
    yield
    say(f"{title}: {time.monotonic() - began:.1f} s\n")


def say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
