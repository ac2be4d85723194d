from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from programs.models.document import document_field
from programs.models.following import public_through
from programs.models.publication import Publication, Publishable
from regencies.history import tracked
from regencies.models.area import AreaScopedQuerySet

A_YEAR = [
    MinValueValidator(2000, _("Enter a year from 2000 on.")),
    MaxValueValidator(2100, _("Enter a year up to 2100.")),
]


def of_a_plan(path):
    """The queryset class of a masterplan's rows; ``path`` leads to the masterplan ("" is it)."""
    public = Q(**{f"{path}publication": Publication.PUBLIC}) & (
        public_through(f"{path}participation__")
        | Q(**{f"{path}cohort__publication": Publication.PUBLIC})
    )
    return type(
        "PlanQuerySet",
        (AreaScopedQuerySet,),
        {
            "regency_prefix": f"{path}participation__regency__",
            "participation_prefix": f"{path}participation__",
            "area_prefix": f"{path}area__",
            "public_rows": public,
        },
    )


@tracked()
class Masterplan(Publishable):
    """One version of a region's smart-city masterplan, or the joint one of an area.

    A region may have several, each with its own period: Kota Bogor 2017-2021 and 2023-2027.
    An area's plan (kawasan) belongs to no participation and names its cohort instead.
    """

    participation = models.ForeignKey(
        "programs.Participation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="masterplans",
        verbose_name=_("participation"),
        help_text=_("Leave empty for the joint plan of an area."),
    )
    area = models.ForeignKey(
        "regencies.Area",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="masterplans",
        verbose_name=_("area"),
        help_text=_("Only for a joint plan, for example: Danau Toba."),
    )
    cohort = models.ForeignKey(
        "programs.Cohort",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="joint_masterplans",
        verbose_name=_("cohort of the joint plan"),
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title = models.CharField(
        _("title"),
        max_length=200,
        help_text=_("For example: Masterplan Smart City Kabupaten Grobogan."),
    )
    first_year = models.PositiveSmallIntegerField(
        _("first year"), null=True, blank=True, validators=A_YEAR
    )
    last_year = models.PositiveSmallIntegerField(
        _("last year"), null=True, blank=True, validators=A_YEAR
    )
    note = models.TextField(_("note"), blank=True)

    objects = of_a_plan("").as_manager()

    class Meta:
        ordering = ["participation", "area", "version"]
        verbose_name = _("masterplan")
        verbose_name_plural = _("masterplans")
        constraints = [
            models.CheckConstraint(
                condition=Q(participation__isnull=False, area__isnull=True, cohort__isnull=True)
                | Q(participation__isnull=True, area__isnull=False, cohort__isnull=False),
                name="%(app_label)s_%(class)s_of_a_region_or_an_area",
                violation_error_message=_(
                    "A masterplan belongs to a participation, or to an area in a cohort."
                ),
            ),
            models.UniqueConstraint(
                fields=["participation", "version"],
                name="%(app_label)s_%(class)s_version_once",
                violation_error_message=_("This version of the masterplan is on record already."),
            ),
            models.UniqueConstraint(
                fields=["area", "cohort", "version"],
                name="%(app_label)s_%(class)s_joint_version_once",
                violation_error_message=_("This version of the joint plan is on record already."),
            ),
            models.CheckConstraint(
                condition=Q(first_year__isnull=True, last_year__isnull=True)
                | Q(
                    first_year__isnull=False,
                    last_year__isnull=False,
                    last_year__gte=F("first_year"),
                ),
                name="%(app_label)s_%(class)s_years_in_order",
                violation_error_message=_(
                    "Give first and last year, the last not before the first."
                ),
            ),
        ]
        triggers = [guards.PLAN_STAYS, guards.PERIOD_HOLDS_QUICK_WINS]

    def __str__(self):
        return f"{self.title} ({self.version})"

    @property
    def definitions(self):
        """The cohort whose books and sections this plan follows."""
        return self.participation.cohort if self.participation else self.cohort


class LegalForm(models.TextChoices):
    PERBUP = "perbup", _("Perbup")
    PERWALI = "perwali", _("Perwali")
    PERDA = "perda", _("Perda")
    PERGUB = "pergub", _("Pergub")


@tracked()
class LegalInstrument(Publishable):
    """The regulation that gives a masterplan its legal form. No row: none yet."""

    masterplan = models.ForeignKey(
        Masterplan, models.PROTECT, related_name="legal_instruments", verbose_name=_("masterplan")
    )
    form = models.CharField(_("form"), max_length=7, choices=LegalForm)
    number_as_printed = models.CharField(
        _("number as printed"), max_length=60, help_text=_("For example: 91 Tahun 2018.")
    )
    title = models.CharField(_("about"), max_length=250, blank=True)
    enacted_on = models.DateField(_("enacted on"), null=True, blank=True)
    document = document_field(_("scan"))

    objects = of_a_plan("masterplan__").as_manager()

    class Meta:
        ordering = ["masterplan", "enacted_on", "pk"]
        verbose_name = _("legal instrument")
        verbose_name_plural = _("legal instruments")
        constraints = [
            models.UniqueConstraint(
                fields=["masterplan", "form", "number_as_printed"],
                name="%(app_label)s_%(class)s_number_once",
                violation_error_message=_("This regulation is on record already."),
            ),
        ]

    def __str__(self):
        return f"{self.get_form_display()} {self.number_as_printed}"
