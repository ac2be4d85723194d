from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models.document import document_field
from regencies.history import tracked
from regencies.models.constraints import not_blank


class SourceKind(models.TextChoices):
    ARTICLE = "article", _("Article")
    LETTER = "letter", _("Letter")
    DOCUMENT = "document", _("Document")
    OTHER = "other", _("Other")


@tracked()
class Source(models.Model):
    """A letter, document or article that states a published fact.

    The day it was published and the day of the event it tells are kept apart: press pages
    carry dates that contradict their own text. Who publishes is not always who tells.
    """

    kind = models.CharField(
        _("kind"), max_length=8, choices=SourceKind, default=SourceKind.ARTICLE
    )
    slug = models.SlugField(
        _("short name"), blank=True, help_text=_("To cite it by, for example: s1-grobogan-2018.")
    )
    publisher = models.CharField(
        _("publisher"), max_length=120, help_text=_("Newspaper, web site or office.")
    )
    author = models.CharField(
        _("author"),
        max_length=200,
        blank=True,
        help_text=_("The person or body that tells it, if it is not the publisher."),
    )
    title = models.CharField(_("title"), max_length=250, blank=True)
    address = models.URLField(
        _("address"), max_length=500, blank=True, help_text=_("Leave empty when it is not known.")
    )
    also_at = models.CharField(
        _("also found at"),
        max_length=500,
        blank=True,
        help_text=_("Other places with the same text, as far as they are known."),
    )
    published_on = models.DateField(
        _("published on"),
        null=True,
        blank=True,
        help_text=_("As printed, even when the date cannot be right."),
    )
    event_on = models.DateField(_("date of the event"), null=True, blank=True)
    document = document_field(_("scan"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["publisher", "address", "slug"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.UniqueConstraint(
                fields=["address"],
                condition=~Q(address=""),
                name="%(app_label)s_%(class)s_address_once",
                violation_error_message=_("A source with this address is on record already."),
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=~Q(slug=""),
                name="%(app_label)s_%(class)s_slug_once",
                violation_error_message=_("A source with this short name is on record already."),
            ),
            not_blank("publisher"),
            models.CheckConstraint(
                condition=Q(address="") | Q(address__regex="^https?://"),
                name="%(app_label)s_%(class)s_address_is_web",
                violation_error_message=_("An address begins with http:// or https://."),
            ),
            models.CheckConstraint(
                condition=~Q(address="") | ~Q(slug=""),
                name="%(app_label)s_%(class)s_can_be_cited",
                violation_error_message=_("Give the address, or a short name to cite it by."),
            ),
        ]

    def __str__(self):
        return self.title or self.publisher
