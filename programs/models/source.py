from django.db import models
from django.utils.translation import gettext_lazy as _

from regencies.history import tracked


@tracked()
class Source(models.Model):
    """A letter, document or article that states a published fact.

    The day it was published and the day of the event it tells are kept apart:
    press pages carry dates that contradict their own text.
    """

    publisher = models.CharField(_("publisher"), max_length=120)
    title = models.CharField(_("title"), max_length=250, blank=True)
    address = models.URLField(_("address"), max_length=500, unique=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    event_on = models.DateField(_("date of the event"), null=True, blank=True)

    class Meta:
        ordering = ["publisher", "address"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self):
        return self.title or self.publisher
