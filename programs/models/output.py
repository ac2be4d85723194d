from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from regencies.access import ScopedQuerySet
from regencies.history import tracked


def private_storage():
    """Uploaded documents: never under a web root, served only by a scoped view."""
    return storages["private"]


def content_address(version, filename):
    """Where the bytes lie: by their own hash, so the same file twice is one file."""
    return f"outputs/{version.sha256[:2]}/{version.sha256}"


class OutputQuerySet(ScopedQuerySet):
    regency_prefix = "stage__participation__regency__"
    participation_prefix = "stage__participation__"


@tracked()
class Output(models.Model):
    """What a stage owes for one requirement; the row exists from the day the stage opens."""

    stage = models.ForeignKey("programs.BimtekStage", models.PROTECT, related_name="outputs")
    requirement = models.ForeignKey(
        "programs.Requirement", models.PROTECT, related_name="outputs", verbose_name=_("output")
    )

    objects = OutputQuerySet.as_manager()

    class Meta:
        ordering = ["stage", "requirement__position", "pk"]
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "requirement"], name="%(app_label)s_%(class)s_requirement_once"
            ),
        ]
        triggers = [guards.OUTPUT_FOLLOWS_THE_STAGE]

    def __str__(self):
        return str(self.requirement)

    def get_absolute_url(self):
        return reverse("programs:output-upload", args=[self.pk])

    @property
    def latest(self):
        """The newest version, or None; uses the prefetched versions where there are any."""
        return max(self.versions.all(), key=lambda version: version.number, default=None)


class OutputVersionQuerySet(ScopedQuerySet):
    regency_prefix = "output__stage__participation__regency__"
    participation_prefix = "output__stage__participation__"


@tracked()
class OutputVersion(models.Model):
    """One uploaded file for an output. Once ``frozen_in`` names a submission it never changes."""

    output = models.ForeignKey(Output, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    file = models.FileField(
        _("file"), storage=private_storage, upload_to=content_address, max_length=120
    )
    original_name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"), help_text=_("In bytes."))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    note = models.CharField(_("note"), max_length=300, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    frozen_in = models.ForeignKey(
        "programs.StageVersion",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="files",
    )

    objects = OutputVersionQuerySet.as_manager()

    class Meta:
        ordering = ["output", "number"]
        verbose_name = _("output version")
        verbose_name_plural = _("output versions")
        constraints = [
            models.UniqueConstraint(
                fields=["output", "number"], name="%(app_label)s_%(class)s_number_once"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="%(app_label)s_%(class)s_sha256_is_hex",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0), name="%(app_label)s_%(class)s_not_empty"
            ),
        ]
        triggers = [
            guards.FILE_FOLLOWS_THE_STAGE,
            guards.FILE_NEVER_CHANGES,
            guards.FILE_IS_FROZEN_IN_ITS_OWN_STAGE,
            guards.SUBMITTED_FILE_STAYS,
        ]

    def __str__(self):
        return f"{self.output} · {self.number}"

    def get_absolute_url(self):
        return reverse("programs:output-file", args=[self.pk])

    @property
    def kind(self):
        """The type in a word: the ending that was chosen by content, such as PDF."""
        return self.original_name.rpartition(".")[2].upper()
