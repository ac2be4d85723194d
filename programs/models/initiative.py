from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from programs.models.document import document_field
from programs.models.masterplan import A_YEAR, of_a_plan
from programs.models.publication import Publication, Publishable
from regencies.history import tracked


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
        Initiative, models.CASCADE, related_name="years", verbose_name=_("initiative")
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
                condition=(Q(planned__isnull=True) | Q(planned__gte=0))
                & (Q(realised__isnull=True) | Q(realised__gte=0)),
                name="%(app_label)s_%(class)s_money_not_negative",
                violation_error_message=_("Money is not below 0."),
            ),
        ]
        triggers = [guards.YEAR_STAYS_IN_PERIOD]

    def __str__(self):
        return f"{self.year} {self.get_fund_source_display()}"


class ClaimQuerySet(of_a_plan("initiative__masterplan__")):
    public_rows = (
        of_a_plan("initiative__masterplan__").public_rows
        & Q(initiative__publication=Publication.PUBLIC)
        & Q(verified_at__isnull=False)
    )


@tracked()
class ProgressClaim(models.Model):
    """How far an initiative is, in percent, as somebody claims it; true once another verifies.

    Written by ``programs.domain.claims``: claimed, then verified or refused with a reason.
    """

    initiative = models.ForeignKey(
        Initiative, models.PROTECT, related_name="claims", verbose_name=_("initiative")
    )
    percent = models.PositiveSmallIntegerField(
        _("percent done"), validators=[MaxValueValidator(100, _("Enter a number up to 100."))]
    )
    as_of = models.DateField(_("as of"))
    note = models.TextField(_("note"), blank=True)
    evidence = document_field(_("evidence"))
    claimed_at = models.DateTimeField(_("claimed at"), editable=False)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("claimed by"),
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("verified by"),
    )
    refused_at = models.DateTimeField(_("refused at"), null=True, editable=False)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("refused by"),
    )
    refusal_reason = models.TextField(_("why it was refused"), blank=True, editable=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["initiative", "-as_of", "-pk"]
        verbose_name = _("progress claim")
        verbose_name_plural = _("progress claims")
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__range=(0, 100)),
                name="%(app_label)s_%(class)s_percent_0_to_100",
                violation_error_message=_("Enter a number up to 100."),
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="%(app_label)s_%(class)s_verified_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True, refused_by__isnull=True, refusal_reason="")
                | Q(~Q(refusal_reason=""), refused_at__isnull=False, refused_by__isnull=False),
                name="%(app_label)s_%(class)s_refused_says_why",
                violation_error_message=_("Say why the claim is refused."),
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True) | Q(refused_at__isnull=True),
                name="%(app_label)s_%(class)s_verified_or_refused",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("claimed_by")),
                name="%(app_label)s_%(class)s_verifier_is_not_claimer",
                violation_error_message=_("Somebody else must verify this claim."),
            ),
        ]
        triggers = [guards.CLAIM_NEVER_CHANGES, guards.CLAIM_STAYS, guards.CLAIM_STARTS_OPEN]

    def __str__(self):
        return f"{self.initiative}: {self.percent}%"
