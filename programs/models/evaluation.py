from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from programs.models.publication import Publication, Publishable
from programs.models.scheme import EvaluationComponent, EvaluationScheme
from regencies.access import ScopedQuerySet
from regencies.history import tracked
from regencies.models.constraints import dates_in_order

NOT_NEGATIVE = [MinValueValidator(0, _("A score is not below 0."))]


class Phase(models.TextChoices):
    FIRST = "I", _("Phase I")
    SECOND = "II", _("Phase II")
    ONCE = "once", _("Held once")


@tracked()
class EvaluationRound(Publishable):
    """A yearly evaluation, phase I or II; all earlier cohorts are evaluated together."""

    year = models.PositiveSmallIntegerField(
        _("year evaluated"), help_text=_("A round for 2024 may take place in 2025.")
    )
    phase = models.CharField(_("phase"), max_length=4, choices=Phase, default=Phase.ONCE)
    scheme = models.ForeignKey(
        EvaluationScheme, models.PROTECT, related_name="rounds", verbose_name=_("scheme")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    letter = models.ForeignKey(
        "programs.Letter",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluation_rounds",
        verbose_name=_("invitation letter"),
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-year", "-phase"]
        verbose_name = _("evaluation round")
        verbose_name_plural = _("evaluation rounds")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "phase"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=_("This round is on record already."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2017, 2100)),
                name="%(app_label)s_%(class)s_year_since_2017",
                violation_error_message=_("The movement began in 2017."),
            ),
            dates_in_order("starts_on", "ends_on"),
        ]
        triggers = [guards.ROUND_KEEPS_ITS_SCHEME]

    def __str__(self):
        return f"{_('Evaluation')} {self.year} · {self.get_phase_display()}"


class EvaluationQuerySet(ScopedQuerySet):
    public_rows = Q(publication=Publication.PUBLIC, round__publication=Publication.PUBLIC)


@tracked()
class Evaluation(Publishable):
    """A region in one round: what hindered it, what it needs, and the index it was given.

    The index computed from final scores and weights stands beside the published one:
    ``programs.domain.evaluations.computed_index``.
    """

    regency = models.ForeignKey(
        "regencies.Regency",
        models.PROTECT,
        related_name="evaluations",
        verbose_name=_("regency or city"),
    )
    round = models.ForeignKey(
        EvaluationRound, models.PROTECT, related_name="evaluations", verbose_name=_("round")
    )
    published_index = models.DecimalField(
        _("published index"),
        max_digits=5,
        decimal_places=3,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
        help_text=_("As the ministry or the region published it, for example: 3.31."),
    )
    national_rank = models.PositiveSmallIntegerField(_("national rank"), null=True, blank=True)
    province_rank = models.PositiveSmallIntegerField(
        _("rank in the province"), null=True, blank=True
    )
    obstacles = models.TextField(_("obstacles (kendala)"), blank=True)
    support_needed = models.TextField(_("support needed (dukungan)"), blank=True)
    letter = models.ForeignKey(
        "programs.Letter",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluations",
        verbose_name=_("result letter"),
    )

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["-round__year", "-round__phase", "regency__code"]
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "round"],
                name="%(app_label)s_%(class)s_regency_once_per_round",
                violation_error_message=_("This region is in that round already."),
            ),
            models.CheckConstraint(
                condition=Q(published_index__isnull=True)
                | Q(published_index__gte=0, published_index__lt=100),
                name="%(app_label)s_%(class)s_index_not_negative",
                violation_error_message=_("A score is not below 0."),
            ),
        ]
        triggers = [guards.EVALUATION_STAYS]

    def __str__(self):
        return f"{self.regency} · {self.round}"


class Scorer(models.TextChoices):
    SELF = "self", _("Region itself")
    ASSESSOR = "assessor", _("Assessor")
    FINAL = "final", _("Final")


class EvaluationRowQuerySet(ScopedQuerySet):
    regency_prefix = "evaluation__regency__"
    public_rows = Q(
        scorer=Scorer.FINAL,
        evaluation__publication=Publication.PUBLIC,
        evaluation__round__publication=Publication.PUBLIC,
    )


class Scored(models.Model):
    """A score by the region itself, an assessor, or final."""

    scorer = models.CharField(_("scored by"), max_length=8, choices=Scorer, default=Scorer.FINAL)
    score = models.DecimalField(
        _("score"), max_digits=6, decimal_places=3, validators=NOT_NEGATIVE
    )

    objects = EvaluationRowQuerySet.as_manager()

    class Meta:
        abstract = True


def score_in_range():
    """With an upper end: to PostgreSQL NaN is larger than every number."""
    return models.CheckConstraint(
        condition=Q(score__gte=0, score__lt=1000),
        name="%(app_label)s_%(class)s_not_negative",
        violation_error_message=_("A score is not below 0."),
    )


@tracked()
class ComponentScore(Scored):
    """A score for one component, by the region itself, an assessor, or final."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="component_scores", verbose_name=_("evaluation")
    )
    component = models.ForeignKey(
        EvaluationComponent, models.PROTECT, related_name="scores", verbose_name=_("component")
    )

    class Meta:
        ordering = ["evaluation", "component__position", "scorer"]
        verbose_name = _("component score")
        verbose_name_plural = _("component scores")
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "component", "scorer"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=_("This component is scored already."),
            ),
            score_in_range(),
        ]
        triggers = [guards.COMPONENT_SCORE_FITS]

    def __str__(self):
        return f"{self.component}: {self.score}"


@tracked()
class PillarScore(Scored):
    """A score for one of the six pillars, by the region itself, an assessor, or final."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="pillar_scores", verbose_name=_("evaluation")
    )
    pillar = models.ForeignKey(
        "programs.Pillar", models.PROTECT, related_name="scores", verbose_name=_("pillar")
    )

    class Meta:
        ordering = ["evaluation", "pillar__position", "scorer"]
        verbose_name = _("pillar score")
        verbose_name_plural = _("pillar scores")
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "pillar", "scorer"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=_("This pillar is scored already."),
            ),
            score_in_range(),
        ]
        triggers = [guards.PILLAR_SCORE_FITS]

    def __str__(self):
        return f"{self.pillar}: {self.score}"
