from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regencies.history import tracked


@tracked()
class Pillar(models.Model):
    """One of the six dimensions of the movement. There is no seventh."""

    position = models.PositiveSmallIntegerField(_("order"), unique=True)
    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(
        _("name"), max_length=40, unique=True, help_text=_("For example: Smart Governance.")
    )

    class Meta:
        ordering = ["position"]
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")
        constraints = [
            models.CheckConstraint(
                condition=Q(position__range=(1, 6)),
                name="%(app_label)s_%(class)s_is_one_of_six",
                violation_error_message=_("The movement has six pillars."),
            ),
        ]

    def __str__(self):
        return self.name


@tracked()
class SubDimension(models.Model):
    """One of the three parts of a pillar, eighteen in all."""

    pillar = models.ForeignKey(
        Pillar, models.PROTECT, related_name="sub_dimensions", verbose_name=_("pillar")
    )
    position = models.PositiveSmallIntegerField(_("order"))
    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        ordering = ["pillar", "position"]
        verbose_name = _("sub-dimension")
        verbose_name_plural = _("sub-dimensions")
        constraints = [
            models.UniqueConstraint(
                fields=["pillar", "position"],
                name="%(app_label)s_%(class)s_position_once",
                violation_error_message=_("This pillar already has a part at that place."),
            ),
            models.CheckConstraint(
                condition=Q(position__range=(1, 3)),
                name="%(app_label)s_%(class)s_is_one_of_three",
                violation_error_message=_("A pillar has three parts."),
            ),
        ]

    def __str__(self):
        return self.name


@tracked()
class PillarAlias(models.Model):
    """Another word for a pillar, accepted on input: "Tata kelola cerdas".

    ``key`` is the word folded by ``programs.domain.pillars.fold``. "Smart Mobility" is no
    alias: it is refused with the six named.
    """

    pillar = models.ForeignKey(
        Pillar, models.CASCADE, related_name="aliases", verbose_name=_("pillar")
    )
    name = models.CharField(_("word"), max_length=60)
    key = models.CharField(_("matching key"), max_length=60, unique=True, editable=False)

    class Meta:
        ordering = ["key"]
        verbose_name = _("other word for a pillar")
        verbose_name_plural = _("other words for pillars")

    def __str__(self):
        return self.name
