import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from regencies.access import ScopedQuerySet
from regencies.history import tracked
from regencies.models.constraints import dates_in_order

#: A head count beyond this is a slip of the finger; so is a day before the movement's century.
MOST_PEOPLE = [MaxValueValidator(100_000, _("Enter a number up to 100,000."))]
THIS_CENTURY = [
    MinValueValidator(dt.date(2000, 1, 1), _("Enter a date from 2000 on.")),
    MaxValueValidator(dt.date(2100, 12, 31), _("Enter a date before 2101.")),
]


class Mode(models.TextChoices):
    ONSITE = "onsite", _("On site")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("Hybrid")


class SessionQuerySet(ScopedQuerySet):
    regency_prefix = "stage__participation__regency__"
    participation_prefix = "stage__participation__"


@tracked()
class Session(models.Model):
    """When and where a stage was held, and how many came, by group.

    Attendance is a head count per group: the Dewan Smart City, the Tim Pelaksana, others.
    """

    stage = models.ForeignKey("programs.BimtekStage", models.CASCADE, related_name="sessions")
    starts_on = models.DateField(_("first day"), null=True, blank=True, validators=THIS_CENTURY)
    ends_on = models.DateField(_("last day"), null=True, blank=True, validators=THIS_CENTURY)
    mode = models.CharField(_("mode"), max_length=6, choices=Mode, blank=True)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    council_count = models.PositiveIntegerField(
        _("from the Dewan Smart City"), null=True, blank=True, validators=MOST_PEOPLE
    )
    team_count = models.PositiveIntegerField(
        _("from the Tim Pelaksana"), null=True, blank=True, validators=MOST_PEOPLE
    )
    other_count = models.PositiveIntegerField(
        _("others"), null=True, blank=True, validators=MOST_PEOPLE
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["stage", "starts_on", "pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            dates_in_order("starts_on", "ends_on"),
        ]
        triggers = [guards.SESSION_FOLLOWS_THE_STAGE]

    def __str__(self):
        return f"{self.stage}, {self.starts_on or '?'}"

    def clean(self):
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first day.")})

    @property
    def attendance(self):
        """Everybody who came; None while no group is counted."""
        counts = [self.council_count, self.team_count, self.other_count]
        known = [count for count in counts if count is not None]
        return sum(known) if known else None
