"""Freezing: what a stage said when it was submitted, with a hash that proves it."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from programs.domain.gaps import outputs_with_versions
from programs.models import BimtekStage, OutputVersion, StageVersion
from regencies.models import User

SESSION_FIELDS = (
    "starts_on",
    "ends_on",
    "mode",
    "venue",
    "council_count",
    "team_count",
    "other_count",
)


def freeze(stage: BimtekStage, *, by: User) -> StageVersion:
    """Write the next version of ``stage`` and freeze the files it contains.

    Called by ``stages.submit`` under the stage's lock.
    """
    files = [output.latest for output in outputs_with_versions(stage) if output.latest]
    content = describe(stage, files)
    version = StageVersion.objects.create(
        stage=stage,
        number=stage.versions.count() + 1,
        content=content,
        sha256=content_hash(content),
        submitted_at=timezone.now(),
        submitted_by=by,
    )
    drafts = [file.pk for file in files if file.frozen_in_id is None]
    OutputVersion.objects.filter(pk__in=drafts).update(frozen_in=version)
    return version


def describe(stage: BimtekStage, files: list[OutputVersion]) -> dict[str, Any]:
    """The fields and file hashes of a stage as plain JSON values."""
    content = {
        "regency": stage.participation.regency.code,
        "cohort": stage.participation.cohort.slug,
        "stage": stage.definition.number,
        "notes": stage.notes,
        "sessions": [
            {name: getattr(session, name) for name in SESSION_FIELDS}
            for session in stage.sessions.all()
        ],
        "outputs": [
            {
                "requirement": file.output.requirement.slug,
                "version": file.number,
                "name": file.original_name,
                "content_type": file.content_type,
                "size": file.size,
                "sha256": file.sha256,
            }
            for file in files
        ],
    }
    return json.loads(json.dumps(content, cls=DjangoJSONEncoder))


def content_hash(content: dict[str, Any]) -> str:
    """SHA-256 of ``content`` as JSON with sorted keys and no spaces."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
