from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, BigIntegerRangeField, DateRangeField
from django.contrib.postgres.fields.ranges import RangeOperators
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from regencies.access import ScopedQuerySet
from regencies.history import tracked
from regencies.models.constraints import dates_in_order


class AsPoint(Func):
    """A range that holds one number: ranges can be compared without any extension."""

    function = "int8range"
    output_field = BigIntegerRangeField()

    def __init__(self, number, **extra):
        super().__init__(number, number, Value("[]"), **extra)


class Folded(Func):
    """A text without regard to case and to how many blanks, of which kind, stand where."""

    template = (
        r"btrim(regexp_replace(replace(lower(%(expressions)s), chr(160), ' '), '\s+', ' ', 'g'))"
    )
    output_field = models.TextField()


class TextNumber(Func):
    """A number that stands for a folded text."""

    function = "hashtextextended"
    output_field = models.BigIntegerField()

    def __init__(self, text, **extra):
        super().__init__(Folded(text), Value(0), **extra)


class Days(Func):
    """The days of a term, both ends included; an open end reaches on."""

    function = "daterange"
    output_field = DateRangeField()


@tracked()
class OfficeTerm(models.Model):
    """A person in an office for a time, sometimes acting (Plt): who could sign when.

    The person is a published name, not an account. Two offices at once are two rows; an
    office has one holder at a time, and whoever is acting beside. ``body`` names the office's
    house where it is no region's: the Dirjen Aptika's is the ministry.
    """

    regency = models.ForeignKey(
        "regencies.Regency",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="office_terms",
        verbose_name=_("regency or city"),
    )
    body = models.CharField(
        _("institution"),
        max_length=150,
        blank=True,
        help_text=_("Only for an office of no region, for example: Kominfo."),
    )
    agency = models.ForeignKey(
        "regencies.Agency", models.PROTECT, null=True, blank=True, verbose_name=_("agency (OPD)")
    )
    person = models.CharField(_("name of the person"), max_length=120)
    other_spellings = ArrayField(
        models.CharField(max_length=120),
        verbose_name=_("other spellings of the name"),
        default=list,
        blank=True,
        help_text=_("As met in letters and in the press, separated by commas."),
    )
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
            models.CheckConstraint(
                condition=Q(regency__isnull=False, body="")
                | Q(~Q(body=""), regency__isnull=True, agency__isnull=True),
                name="%(app_label)s_%(class)s_of_a_region_or_a_body",
                violation_error_message=_("Give the region, or the institution, not both."),
            ),
            # Terms whose beginning is unknown are not compared: nobody knows when they were.
            ExclusionConstraint(
                expressions=[
                    (AsPoint(Coalesce("regency_id", Value(0))), RangeOperators.OVERLAPS),
                    (AsPoint(Coalesce("agency_id", Value(0))), RangeOperators.OVERLAPS),
                    (AsPoint(TextNumber("body")), RangeOperators.OVERLAPS),
                    (AsPoint(TextNumber("title")), RangeOperators.OVERLAPS),
                    (Days("starts_on", "ends_on", Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_acting=False, starts_on__isnull=False),
                name="%(app_label)s_%(class)s_one_holder_at_a_time",
                violation_error_message=_(
                    "Somebody else holds this office in that time. End that term first, or mark "
                    "this one as acting."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.title}"
