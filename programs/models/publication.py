from django.db import models
from django.utils.translation import gettext_lazy as _


class Publication(models.TextChoices):
    """Who may read a row: an axis of its own, apart from workflow and time."""

    INTERNAL = "internal", _("Internal")
    PUBLIC = "public", _("Public")
