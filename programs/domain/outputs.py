"""Uploading and removing the documents a stage owes."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from programs.domain import blobs, files, steps
from programs.models import Output, OutputVersion
from programs.models.output import content_address, private_storage
from regencies.errors import RuleError
from regencies.models import User


@transaction.atomic
def attach(output: Output, *, by: User, upload: Any, note: str = "") -> OutputVersion:
    """Store an uploaded file as the next version of ``output``.

    The same bytes are kept once, whatever their names. Raises as every verb does;
    ``RuleError`` names the field ``file`` when the file itself is refused.
    """
    steps.claim(steps.EDIT, output.stage, by=by)
    facts = files.inspect(upload)
    latest = output.versions.aggregate(Max("number"))["number__max"] or 0
    version = OutputVersion(
        output=output,
        number=latest + 1,
        original_name=facts.name,
        content_type=facts.content_type,
        size=facts.size,
        sha256=facts.sha256,
        note=note,
        uploaded_by=by,
    )
    address = content_address(version, upload.name)
    version.file.name = blobs.keep(upload, address=address, sha256=facts.sha256)
    version.full_clean(exclude=["file"])
    version.save(force_insert=True)
    return version


@transaction.atomic
def remove(version: OutputVersion, *, by: User) -> None:
    """Take back an upload that was never submitted; its bytes go when nothing else has them."""
    steps.claim(steps.EDIT, version.output.stage, by=by)
    version = OutputVersion.objects.select_for_update().get(pk=version.pk)
    if version.frozen_in_id:
        raise RuleError(_("This file was submitted and stays in the records; upload a new one."))
    version.delete()
    transaction.on_commit(partial(_sweep, version.sha256, str(version.file.name)))


@transaction.atomic
def _sweep(sha256: str, name: str) -> None:
    """Delete bytes that no row names; an upload of the same bytes waits, or is waited for."""
    blobs.lock(sha256)
    if not OutputVersion.objects.filter(sha256=sha256).exists():
        private_storage().delete(name)
