from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from programs.models.masterplan import of_a_plan
from programs.models.publication import Publication, Publishable
from programs.models.year_plan import YearPlan
from regencies.history import tracked
from regencies.models.constraints import known


class Horizon(models.TextChoices):
    """Short is one year, medium five, long ten (the ministry's use since about 2022)."""

    SHORT = "short", _("Short term")
    MEDIUM = "medium", _("Medium term")
    LONG = "long", _("Long term")


class InitiativeState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")


#: What an initiative may lack; ``with_gaps`` answers each as ``lacks_…``.
GAPS = ("year", "lead_agency", "budget")
INCOMPLETE = Q(lacks_year=True) | Q(lacks_lead_agency=True) | Q(lacks_budget=True)


class InitiativeQuerySet(of_a_plan("masterplan__")):
    public_rows = of_a_plan("masterplan__").public_rows & Q(publication=Publication.PUBLIC)

    def with_gaps(self):
        """Each row with what it lacks: the one place that says when an initiative is complete."""
        years = YearPlan.objects.filter(initiative=OuterRef("pk"))
        return self.annotate(
            lacks_year=~Exists(years),
            lacks_lead_agency=ExpressionWrapper(
                Q(lead_agency__isnull=True), output_field=models.BooleanField()
            ),
            lacks_budget=~Exists(years.filter(planned__isnull=False)),
        )

    def complete(self):
        return self.with_gaps().exclude(INCOMPLETE)

    def incomplete(self):
        return self.with_gaps().filter(INCOMPLETE)

    def with_place(self):
        """Load what every list shows beside an initiative."""
        return self.select_related(
            "masterplan__participation__regency", "masterplan__area", "pillar", "lead_agency"
        )


@tracked()
class Initiative(Publishable):
    """A programme of a masterplan's action plan; a quick win is one that shows within a year.

    Complete only with year, lead agency and budget estimate, as the Bupati of Grobogan asks
    in article S1: ``programs.domain.initiatives.completeness``.
    """

    masterplan = models.ForeignKey(
        "programs.Masterplan",
        models.PROTECT,
        related_name="initiatives",
        verbose_name=_("masterplan"),
    )
    name = models.CharField(
        _("name"), max_length=200, help_text=_("For example: Bank Sampah Digital.")
    )
    short_name = models.CharField(
        _("abbreviation"), max_length=40, blank=True, help_text=_("For example: SIJINAK.")
    )
    pillar = models.ForeignKey(
        "programs.Pillar", models.PROTECT, related_name="initiatives", verbose_name=_("pillar")
    )
    sub_dimension = models.ForeignKey(
        "programs.SubDimension",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("sub-dimension"),
    )
    is_quick_win = models.BooleanField(_("quick win"), default=False)
    horizon = models.CharField(_("horizon"), max_length=6, choices=Horizon, blank=True)
    lead_agency = models.ForeignKey(
        "regencies.Agency",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_initiatives",
        verbose_name=_("responsible agency (OPD)"),
    )
    description = models.TextField(_("description"), blank=True)
    benefit = models.TextField(
        _("benefit"), blank=True, help_text=_("What people notice of it, in one sentence.")
    )
    partners = models.CharField(
        _("partners"), max_length=250, blank=True, help_text=_("Outside the regional government.")
    )
    risk = models.TextField(_("risk"), blank=True)
    state = models.CharField(
        _("state"),
        max_length=7,
        choices=InitiativeState,
        default=InitiativeState.PLANNED,
        editable=False,
    )
    stopped_on = models.DateField(_("stopped on"), null=True, editable=False)
    stopped_reason = models.TextField(_("why it was stopped"), blank=True, editable=False)
    outside_period_reason = models.CharField(
        _("why outside the period"),
        max_length=250,
        blank=True,
        help_text=_("Only for a quick win with years outside its masterplan's period."),
    )

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        ordering = ["masterplan", "pillar__position", "name"]
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        indexes = [
            models.Index(fields=["pillar", "is_quick_win"], name="programs_initiative_pillar"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["masterplan", "name"],
                name="%(app_label)s_%(class)s_name_once",
                violation_error_message=_("This masterplan already has that initiative."),
            ),
            known("state", InitiativeState.values),
            models.CheckConstraint(
                condition=Q(
                    ~Q(stopped_reason=""),
                    state=InitiativeState.STOPPED,
                    stopped_on__isnull=False,
                )
                | ~Q(state=InitiativeState.STOPPED)
                & Q(stopped_on__isnull=True, stopped_reason=""),
                name="%(app_label)s_%(class)s_stopped_says_why",
                violation_error_message=_("Say when and why the initiative was stopped."),
            ),
        ]
        triggers = [
            guards.INITIATIVE_FITS_ITS_PLACE,
            guards.INITIATIVE_STAYS,
            guards.QUICK_WIN_STAYS_IN_PERIOD,
        ]

    def __str__(self):
        return self.name


@tracked()
class SupportingAgency(models.Model):
    """An agency that helps with an initiative another one leads."""

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="support", verbose_name=_("initiative")
    )
    agency = models.ForeignKey(
        "regencies.Agency", models.PROTECT, related_name="supports", verbose_name=_("agency (OPD)")
    )

    objects = of_a_plan("initiative__masterplan__").as_manager()

    class Meta:
        ordering = ["initiative", "agency__name"]
        verbose_name = _("supporting agency")
        verbose_name_plural = _("supporting agencies")
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "agency"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=_("This agency is entered twice."),
            ),
        ]
        triggers = [guards.SUPPORT_COMES_FROM_THE_REGION]

    def __str__(self):
        return str(self.agency)
