from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from regencies.access import ScopedQuerySet


class StageVersionQuerySet(ScopedQuerySet):
    regency_prefix = "stage__participation__regency__"
    participation_prefix = "stage__participation__"


class StageVersion(models.Model):
    """What a stage said at the moment it was submitted: fields and the hash of every file.

    Written by ``programs.domain.stages.submit``; the database refuses any change.
    ``sha256`` is the hash of ``content`` as canonical JSON.
    """

    stage = models.ForeignKey("programs.BimtekStage", models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    submitted_at = models.DateTimeField(_("submitted at"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("submitted by")
    )

    objects = StageVersionQuerySet.as_manager()

    class Meta:
        ordering = ["stage", "number"]
        verbose_name = _("submitted version")
        verbose_name_plural = _("submitted versions")
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "number"], name="%(app_label)s_%(class)s_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="%(app_label)s_%(class)s_sha256_is_hex",
            ),
        ]
        triggers = [
            guards.append_only("submitted_version_is_frozen"),
            guards.VERSION_BELONGS_TO_A_SUBMISSION,
        ]

    def __str__(self):
        return f"{self.stage} · {self.number}"
