from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from programs.models.masterplan import A_YEAR, of_a_plan
from regencies.history import tracked

MOST_RUPIAH = Decimal("999999999999999.99")  # what the columns hold


class FundSource(models.TextChoices):
    APBD = "apbd", _("APBD")
    APBN = "apbn", _("APBN")
    CSR = "csr", _("CSR")
    OTHER = "other", _("Other")


@tracked()
class YearPlan(models.Model):
    """What an initiative costs in one year from one source of funds, in rupiah.

    ``planned`` stays empty while nobody has estimated it; 0 is an estimate of nothing.
    """

    initiative = models.ForeignKey(
        "programs.Initiative", models.CASCADE, related_name="years", verbose_name=_("initiative")
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=A_YEAR)
    fund_source = models.CharField(
        _("source of funds"), max_length=5, choices=FundSource, default=FundSource.APBD
    )
    planned = models.DecimalField(
        _("planned budget"),
        max_digits=17,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0, _("Money is not below 0."))],
        help_text=_("In rupiah, for example: 250000000."),
    )
    realised = models.DecimalField(
        _("spent"),
        max_digits=17,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0, _("Money is not below 0."))],
        help_text=_("In rupiah; leave empty while it is not known."),
    )

    objects = of_a_plan("initiative__masterplan__").as_manager()

    class Meta:
        ordering = ["initiative", "year", "fund_source"]
        verbose_name = _("yearly plan")
        verbose_name_plural = _("yearly plans")
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "year", "fund_source"],
                name="%(app_label)s_%(class)s_source_once_a_year",
                violation_error_message=_("This year and source of funds is entered twice."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2000, 2100)), name="%(app_label)s_%(class)s_year_is_near"
            ),
            models.CheckConstraint(
                # With an upper end: to PostgreSQL NaN is larger than every number.
                condition=(Q(planned__isnull=True) | Q(planned__range=(0, MOST_RUPIAH)))
                & (Q(realised__isnull=True) | Q(realised__range=(0, MOST_RUPIAH))),
                name="%(app_label)s_%(class)s_money_not_negative",
                violation_error_message=_("Money is not below 0."),
            ),
        ]
        triggers = [guards.YEAR_STAYS_IN_PERIOD]

    def __str__(self):
        return f"{self.year} {self.get_fund_source_display()}"
