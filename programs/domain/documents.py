"""Scanned papers: stored once by their content, never changed and never deleted."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from programs.domain import blobs, files
from programs.models import Document
from programs.models.document import document_address
from regencies.access import Right, holds
from regencies.models import Regency, User


def store(upload: Any, *, by: User, title: str, regency: Regency | None = None) -> Document:
    """Keep an uploaded paper. Raises ``RuleError`` for field ``file`` when it is refused."""
    return keep(Document(title=title, regency=regency), upload, by=by)


@transaction.atomic
def keep(document: Document, upload: Any, *, by: User) -> Document:
    """Give a new document its bytes and write it; ``store`` for callers with a form's row."""
    if not holds(by, Right.MANAGE):
        raise PermissionDenied
    facts = files.inspect(upload)
    document.original_name = facts.name
    document.content_type = facts.content_type
    document.size = facts.size
    document.sha256 = facts.sha256
    document.uploaded_by = by
    address = document_address(document, facts.name)
    document.file.name = blobs.keep(upload, address=address, sha256=facts.sha256)
    document.full_clean(exclude=["file"])
    document.save(force_insert=True)
    return document
