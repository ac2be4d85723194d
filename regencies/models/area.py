from django.db import models
from django.utils.translation import gettext_lazy as _

from regencies.history import tracked


@tracked()
class Area(models.Model):
    """A kawasan: regencies that plan together, such as Danau Toba in 2021."""

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    regencies = models.ManyToManyField(
        "regencies.Regency",
        related_name="areas",
        blank=True,
        verbose_name=_("regencies and cities"),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")

    def __str__(self):
        return self.name
