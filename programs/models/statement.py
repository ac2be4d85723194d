from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regencies.history import tracked
from regencies.models.constraints import not_blank


class Weekday(models.IntegerChoices):
    """As ``date.isoweekday`` counts."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


@tracked()
class Contradiction(models.Model):
    """Something the sources do not agree upon, and how the portal reads it.

    Rival statements alone are found by query (``programs.domain.statements``); a row here
    adds the words that explain them.
    """

    code = models.SlugField(_("code"), unique=True, help_text=_("For example: I2 or X5."))
    summary = models.CharField(
        _("what contradicts what"), max_length=250, help_text=_("In one sentence.")
    )
    reading = models.TextField(
        _("how the portal reads it"),
        blank=True,
        help_text=_("What was computed or judged, and why."),
    )
    is_settled = models.BooleanField(
        _("settled"), default=False, help_text=_("Nothing more can be found out.")
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("contradiction")
        verbose_name_plural = _("contradictions")

    def __str__(self):
        return f"{self.code}: {self.summary}"


@tracked()
class Statement(models.Model):
    """What one source says about one field of one record, beside what others say.

    ``stated`` is the value in our words, never a quotation. ``field`` is a field of the
    record, or a figure counted over it (``programs.domain.figures``), or empty for the record
    as a whole. Flags are computed, never typed. Which statement holds is chosen by a person
    through ``programs.domain.statements.choose``; the row history keeps the choices.
    """

    content_type = models.ForeignKey(
        ContentType, models.PROTECT, related_name="+", verbose_name=_("kind of record")
    )
    object_id = models.PositiveBigIntegerField(_("record"))
    record = GenericForeignKey()
    field = models.CharField(
        _("field"),
        max_length=60,
        blank=True,
        help_text=_("The field it speaks of, for example: signed_on."),
    )
    source = models.ForeignKey(
        "programs.Source",
        models.PROTECT,
        null=True,
        related_name="statements",
        verbose_name=_("source"),
    )
    stated = models.CharField(
        _("what it says"),
        max_length=300,
        help_text=_("The value in your own words; dates as 2018-12-14."),
    )
    event_on = models.DateField(_("date it gives for the event"), null=True, blank=True)
    weekday = models.PositiveSmallIntegerField(
        _("weekday it prints"), choices=Weekday, null=True, blank=True
    )
    note = models.TextField(_("note"), blank=True)
    contradiction = models.ForeignKey(
        Contradiction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("contradiction"),
    )
    chosen_at = models.DateTimeField(_("chosen at"), null=True, editable=False)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("chosen by"),
    )
    chosen_because = models.TextField(_("why it was chosen"), blank=True, editable=False)

    class Meta:
        ordering = ["content_type", "object_id", "field", "pk"]
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="programs_statement_record"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "field", "source", "stated"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=_("This source's statement is on record already."),
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False),
                name="%(app_label)s_%(class)s_has_source",
                violation_error_message=_("Say which source states it."),
            ),
            not_blank("stated"),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__range=(1, 7)),
                name="%(app_label)s_%(class)s_weekday_1_to_7",
            ),
            models.CheckConstraint(
                condition=Q(chosen_at__isnull=True, chosen_by__isnull=True, chosen_because="")
                | Q(chosen_at__isnull=False, chosen_by__isnull=False),
                name="%(app_label)s_%(class)s_choice_is_signed",
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "field"],
                condition=Q(chosen_at__isnull=False),
                name="%(app_label)s_%(class)s_one_choice_per_field",
            ),
        ]

    def __str__(self):
        return self.stated
