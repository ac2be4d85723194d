from django.db import models
from django.utils.translation import gettext_lazy as _


class Publication(models.TextChoices):
    """Who may read a row: an axis of its own, apart from workflow and time."""

    INTERNAL = "internal", _("Internal")
    PUBLIC = "public", _("Public")


class Publishable(models.Model):
    """A row the ministry may open to the public; until then it is internal."""

    publication = models.CharField(
        _("publication"),
        max_length=8,
        choices=Publication,
        default=Publication.INTERNAL,
        help_text=_("Public rows are read by everybody, once the cohort itself is public."),
    )

    class Meta:
        abstract = True
