"""Runs Django's commands the way a real server does: another process, its own environment.

Not through ``manage.py``, which in a checkout where ``make run`` was used finds its secrets.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SECRETS = {
    "SECRET_KEY": "n0t-a-real-one-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "DATABASE_URL": "postgres://portal:secret@127.0.0.1:1/portal",
    "ALLOWED_HOSTS": "portal.test",
}


def run_manage(*arguments, timeout=60, **environment):
    """Run with nothing set but the three secrets, and ``environment`` on top; None unsets."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings = {"DJANGO_SETTINGS_MODULE": "smartcity.settings", "PYTHONPATH": str(ROOT)}
    merged = kept | settings | SECRETS | environment
    return subprocess.run(
        [sys.executable, "-m", "django", *arguments],
        cwd=ROOT,
        env={name: value for name, value in merged.items() if value is not None},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
