"""The file between its preview and the confirmation, where nobody else can reach it.

It lies in the cache, which every worker shares and which forgets it by itself, under the
person's own number; the form brings back nothing but a word that has to match. So no name
from a form ever opens a file, and each person keeps at most one file per list.
"""

import secrets
from dataclasses import dataclass

from django.core.cache import cache

SECONDS = 3600


@dataclass(frozen=True)
class Pending:
    """An upload that was previewed: its bytes, its name, and the digest of what was shown."""

    content: bytes
    name: str
    digest: str


def keep(user, model, pending):
    """The word by which ``take`` gives ``pending`` back; what was kept before is forgotten."""
    word = secrets.token_urlsafe(24)
    kept = (word, pending.content, pending.name, pending.digest)
    cache.set(_place(user, model), kept, SECONDS)
    return word


def take(user, model, word):
    """What was kept, once; None when it is gone, or another file took its place."""
    place = _place(user, model)
    kept_word, *kept = cache.get(place) or ("", b"", "", "")
    if not kept_word or not secrets.compare_digest(kept_word.encode(), word.encode()):
        return None
    return Pending(*kept) if cache.delete(place) else None


def _place(user, model):
    return f"sheet-{model._meta.label_lower}-{user.pk}"
