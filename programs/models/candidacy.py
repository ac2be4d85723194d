from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from programs.models.publication import Publication, Publishable
from regencies.access import ScopedQuerySet
from regencies.history import tracked
from regencies.models.constraints import dates_in_order, known


@tracked()
class AssessmentCriterion(models.Model):
    """What the assessors judge in one cohort: infrastructure, suprastructure, leader's vision.

    Criteria and their weights are data per cohort; the ministry's own weights were never
    published, so a weight may stay empty.
    """

    cohort = models.ForeignKey(
        "programs.Cohort", models.CASCADE, related_name="criteria", verbose_name=_("cohort")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    slug = models.SlugField(_("short name"), help_text=_("For example: infrastruktur."))
    title = models.CharField(
        _("title"), max_length=120, help_text=_("For example: Kesiapan infrastruktur TIK.")
    )
    guidance = models.TextField(
        _("guidance"), blank=True, help_text=_("What the assessor should look at.")
    )
    weight = models.DecimalField(
        _("weight"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("In percent; leave empty when no weights are set."),
    )
    highest_score = models.DecimalField(
        _("highest score"),
        max_digits=6,
        decimal_places=2,
        default=100,
        validators=[MinValueValidator(1)],
        help_text=_("Scores go from 0 to this number."),
    )

    class Meta:
        ordering = ["cohort", "position", "pk"]
        verbose_name = _("assessment criterion")
        verbose_name_plural = _("assessment criteria")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "slug"],
                name="%(app_label)s_%(class)s_slug_once",
                violation_error_message=_("This cohort already has a criterion of that name."),
            ),
            models.CheckConstraint(
                condition=Q(weight__isnull=True) | Q(weight__range=(0, 100)),
                name="%(app_label)s_%(class)s_weight_is_percent",
                violation_error_message=_("A weight is a number from 0 to 100."),
            ),
            models.CheckConstraint(
                condition=Q(highest_score__gt=0, highest_score__lt=10_000),
                name="%(app_label)s_%(class)s_scale_is_positive",
                violation_error_message=_("The highest score is more than 0."),
            ),
        ]
        triggers = [
            guards.CRITERION_IS_FROZEN,
            guards.CRITERION_STAYS,
            guards.CRITERION_HOLDS_ITS_SCORES,
        ]

    def __str__(self):
        return self.title


class Progress(models.TextChoices):
    INVITED = "invited", _("Invited")
    ASSESSED = "assessed", _("Assessed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Decision(models.TextChoices):
    SELECTED = "selected", _("Selected")
    RESERVE = "reserve", _("Reserve")
    NOT_SELECTED = "not_selected", _("Not selected")
    STRUCK_OFF = "struck_off", _("Struck off")


class CandidacyQuerySet(ScopedQuerySet):
    # What is released is told by letter; the way there is nobody's but the ministry's.
    public_rows = Q(
        publication=Publication.PUBLIC,
        cohort__publication=Publication.PUBLIC,
        released_at__isnull=False,
    )


@tracked()
class Candidacy(Publishable):
    """A region on its way into a cohort: invited, assessed, then decided upon.

    A decision is staged first and released to the region afterwards. Decision and release
    are written by ``programs.domain.candidacies``; a trigger refuses anything else.
    """

    regency = models.ForeignKey(
        "regencies.Regency",
        models.PROTECT,
        related_name="candidacies",
        verbose_name=_("regency or city"),
    )
    cohort = models.ForeignKey(
        "programs.Cohort", models.PROTECT, related_name="candidacies", verbose_name=_("cohort")
    )
    progress = models.CharField(
        _("progress"), max_length=9, choices=Progress, default=Progress.INVITED
    )
    invited_on = models.DateField(_("invited on"), null=True, blank=True)
    assessed_from = models.DateField(_("assessed from"), null=True, blank=True)
    assessed_until = models.DateField(_("assessed until"), null=True, blank=True)
    assessment_place = models.CharField(
        _("place of the assessment"),
        max_length=200,
        blank=True,
        help_text=_("For example: Pusat TIK Nasional, Ciputat; or: daring."),
    )
    decision = models.CharField(
        _("decision"), max_length=12, choices=Decision, blank=True, editable=False
    )
    reason = models.TextField(_("reason for the decision"), blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )
    released_at = models.DateTimeField(_("released at"), null=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("released by"),
    )
    letter = models.ForeignKey(
        "programs.Letter",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="candidacies",
        verbose_name=_("result letter"),
    )
    note = models.TextField(_("note"), blank=True)

    objects = CandidacyQuerySet.as_manager()

    class Meta:
        ordering = ["cohort__year", "regency__code"]
        verbose_name = _("candidacy")
        verbose_name_plural = _("candidacies")
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "cohort"],
                name="%(app_label)s_%(class)s_regency_once_per_cohort",
                violation_error_message=_("This region already is a candidate of this cohort."),
            ),
            dates_in_order("assessed_from", "assessed_until"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | ~Q(decision="") & Q(decided_at__isnull=False),
                name="%(app_label)s_%(class)s_decision_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False) & ~Q(decision=""),
                name="%(app_label)s_%(class)s_release_follows_decision",
            ),
            known("decision", ["", *Decision.values]),
            models.CheckConstraint(
                condition=~Q(decision=Decision.STRUCK_OFF) | ~Q(reason=""),
                name="%(app_label)s_%(class)s_struck_off_says_why",
                violation_error_message=_("Say why the region is struck off."),
            ),
        ]
        triggers = [
            guards.CANDIDACY_STAYS,
            guards.CANDIDACY_STARTS_OPEN,
            guards.RELEASE_STAYS,
            guards.RELEASED_DECISION_IS_FROZEN,
            guards.RELEASED_CANDIDACY_STAYS,
        ]

    def __str__(self):
        return f"{self.regency} · {self.cohort.year}"


class AssessorScoreQuerySet(ScopedQuerySet):
    regency_prefix = "candidacy__regency__"


@tracked()
class AssessorScore(models.Model):
    """What one assessor gave a candidate for one criterion. Never public."""

    candidacy = models.ForeignKey(
        Candidacy, models.CASCADE, related_name="scores", verbose_name=_("candidacy")
    )
    criterion = models.ForeignKey(
        AssessmentCriterion, models.PROTECT, related_name="scores", verbose_name=_("criterion")
    )
    assessor = models.CharField(
        _("assessor"), max_length=120, help_text=_("Name, or class of assessors: Kelas A.")
    )
    score = models.DecimalField(
        _("score"), max_digits=6, decimal_places=2, validators=[MinValueValidator(0)]
    )
    remark = models.TextField(_("remark"), blank=True)

    objects = AssessorScoreQuerySet.as_manager()

    class Meta:
        ordering = ["candidacy", "criterion__position", "assessor"]
        verbose_name = _("assessor's score")
        verbose_name_plural = _("assessors' scores")
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "criterion", "assessor"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=_("This assessor has scored this criterion already."),
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lt=10_000),
                name="%(app_label)s_%(class)s_not_negative",
                violation_error_message=_("A score is not below 0."),
            ),
        ]
        triggers = [guards.SCORE_FITS_ITS_CRITERION, guards.SCORES_STAY_AFTER_RELEASE]

    def __str__(self):
        return f"{self.criterion}: {self.score}"
