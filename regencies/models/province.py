import datetime as dt
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regencies.history import tracked


class Zone(models.TextChoices):
    """Indonesia's three time zones (Keppres 41/1987)."""

    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


def local_day(zone, now=None):
    """The date it is in ``zone``: deadlines and "not over yet" go by the region's own day."""
    return timezone.localdate(now, timezone=ZoneInfo(zone))


@tracked()
class Province(models.Model):
    """One of the 38 provinces, keyed by its two-digit Kemendagri code."""

    code = models.CharField(_("code"), max_length=2, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    iso_code = models.CharField(_("ISO 3166-2 code"), max_length=5, unique=True)
    zone = models.CharField(
        _("time zone"),
        max_length=20,
        choices=Zone,
        help_text=_("Deadlines end with the day in this zone."),
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{2}$"),
                name="%(app_label)s_%(class)s_code_2_digits",
                violation_error_message=_("The code is two digits, for example 33."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def today(self) -> dt.date:
        return local_day(self.zone)
