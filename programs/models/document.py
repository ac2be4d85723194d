from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from programs.models.output import private_storage
from programs.models.publication import Publication, Publishable
from regencies.access import ScopedQuerySet
from regencies.history import tracked


def document_address(document, filename):
    """Where the bytes lie: by their own hash, so the same file twice is one file."""
    return f"documents/{document.sha256[:2]}/{document.sha256}"


class DocumentQuerySet(ScopedQuerySet):
    public_rows = Q(publication=Publication.PUBLIC)


@tracked()
class Document(Publishable):
    """A scanned paper: a letter, an agreement, a decree, a certificate.

    Written by ``programs.domain.documents.store``; its bytes never change. Without a region
    it belongs to the ministry.
    """

    regency = models.ForeignKey(
        "regencies.Regency",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("regency or city"),
        help_text=_("Leave empty for a paper of the ministry that concerns many."),
    )
    title = models.CharField(
        _("title"), max_length=200, help_text=_("For example: Surat hasil seleksi 2022.")
    )
    file = models.FileField(
        _("file"), storage=private_storage, upload_to=document_address, max_length=120
    )
    original_name = models.CharField(_("file name"), max_length=200, editable=False)
    content_type = models.CharField(_("type"), max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("uploaded by"),
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="%(app_label)s_%(class)s_sha256_is_hex",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0), name="%(app_label)s_%(class)s_not_empty"
            ),
        ]
        triggers = [guards.DOCUMENT_NEVER_CHANGES, guards.DOCUMENT_STAYS]

    def __str__(self):
        return self.title


def document_field(label):
    """A link from a noun to its scanned paper."""
    return models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
        help_text=_("The scanned paper, as PDF or picture."),
    )
