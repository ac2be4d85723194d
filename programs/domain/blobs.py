"""Uploaded bytes in the private storage, each under an address made of its own hash."""

import os
import uuid
from pathlib import Path
from typing import Any

from django.db import connection

from programs.models.output import private_storage


def keep(upload: Any, *, address: str, sha256: str) -> str:
    """Write the bytes beside their address, then move them onto it in one step.

    So the address holds the whole file or none, whatever crashed before. Returns ``address``.
    """
    lock(sha256)
    storage = private_storage()
    arrived = Path(storage.path(storage.save(f"incoming/{uuid.uuid4().hex}", upload)))
    with arrived.open("rb") as file:
        os.fsync(file.fileno())
    target = Path(storage.path(address))
    target.parent.mkdir(parents=True, exist_ok=True)
    arrived.replace(target)
    return address


def lock(sha256: str) -> None:
    """One writer at a time per content, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(sha256[:15], 16)])
