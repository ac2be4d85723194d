from django.db import models
from django.utils.translation import gettext_lazy as _

from regencies.access import ScopedQuerySet
from regencies.history import tracked
from regencies.models.constraints import dates_in_order


@tracked()
class OfficeTerm(models.Model):
    """A person in an office for a time, sometimes acting (Plt): who could sign when.

    The person is a published name, not an account. Two offices at once are two rows.
    """

    regency = models.ForeignKey(
        "regencies.Regency",
        models.PROTECT,
        related_name="office_terms",
        verbose_name=_("regency or city"),
    )
    agency = models.ForeignKey(
        "regencies.Agency", models.PROTECT, null=True, blank=True, verbose_name=_("agency (OPD)")
    )
    person = models.CharField(_("name of the person"), max_length=120)
    title = models.CharField(_("office"), max_length=120, help_text=_("For example: Bupati."))
    is_acting = models.BooleanField(_("acting (Plt)"), default=False)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["regency", "title", "starts_on"]
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        constraints = [
            dates_in_order("starts_on", "ends_on"),
        ]

    def __str__(self):
        return f"{self.person}, {self.title}"
