from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regencies.access import Reach, ScopedQuerySet
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


class AreaScopedQuerySet(ScopedQuerySet):
    """Rows that belong to a regency, or to an area and so to each of its regencies.

    The areas are asked for in a subquery: a join would repeat rows and forbid locking them.
    """

    area_prefix = "area__"

    def _reached(self, reach: Reach) -> Q:
        areas = Area.objects.filter(reach.as_filter("regencies__", None)).order_by()
        return super()._reached(reach) | Q(**{f"{self.area_prefix}id__in": areas.values("pk")})
