from django.db import models
from django.utils.translation import gettext_lazy as _


class Seat(models.Model):
    """Somebody by office, with the person's name where a source gives it."""

    name = models.CharField(_("name"), max_length=120, blank=True)
    agency = models.ForeignKey(
        "regencies.Agency",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agency (OPD)"),
    )

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.name}, {self.office}" if self.name else self.office
