import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from regencies.access import ScopedQuerySet
from regencies.history import tracked
from regencies.models.constraints import dates_in_order


@tracked()
class Agency(models.Model):
    """An office (OPD) of a regency, named as the regency writes it.

    Offices are renamed and merged; a closed one keeps its row and gets ``active_to``.
    """

    regency = models.ForeignKey(
        "regencies.Regency",
        models.PROTECT,
        related_name="agencies",
        verbose_name=_("regency or city"),
    )
    name = models.CharField(_("name"), max_length=150)
    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)
    active_from = models.DateField(_("active from"), null=True, blank=True)
    active_to = models.DateField(_("active to"), null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["regency", "name"]
        verbose_name = _("agency (OPD)")
        verbose_name_plural = _("agencies (OPD)")
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "name"],
                name="%(app_label)s_%(class)s_name_once",
                violation_error_message=_("This regency already has an agency of that name."),
            ),
            dates_in_order("active_from", "active_to"),
        ]
        triggers = [
            # Initiatives, people and signatures know it as an office of this region.
            pgtrigger.Protect(
                name="agency_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__regency_id__df=pgtrigger.F("new__regency_id")),
            )
        ]

    def __str__(self):
        return self.abbreviation or self.name
