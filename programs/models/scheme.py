from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from regencies.history import tracked

NOT_NEGATIVE = [MinValueValidator(0, _("A score is not below 0."))]


@tracked()
class EvaluationScheme(models.Model):
    """How a round is scored: components with weights. Published, it is frozen for good.

    Weights differ by year (10/20/30/20/20 in 2021, 10/20/30/30/10 elsewhere), so each round
    names its scheme and a trend breaks where the scheme changes.
    """

    slug = models.SlugField(_("short name"), unique=True, help_text=_("For example: 2021."))
    name = models.CharField(
        _("name"), max_length=120, help_text=_("For example: Pedoman evaluasi 2021, 5 dimensi.")
    )
    highest_score = models.DecimalField(
        _("highest score"),
        max_digits=5,
        decimal_places=2,
        default=4,
        validators=[MinValueValidator(1)],
        help_text=_("Scores go from 0 to this number."),
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("Where the weights come from, and what is not known.")
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("published by"),
    )

    class Meta:
        ordering = ["slug"]
        verbose_name = _("evaluation scheme")
        verbose_name_plural = _("evaluation schemes")
        constraints = [
            models.CheckConstraint(
                condition=Q(highest_score__gt=0, highest_score__lt=1000),
                name="%(app_label)s_%(class)s_scale_is_positive",
                violation_error_message=_("The highest score is more than 0."),
            ),
        ]
        triggers = [guards.SCHEME_IS_FROZEN, guards.WEIGHTS_SUM_TO_100]

    def __str__(self):
        return self.name


@tracked()
class EvaluationComponent(models.Model):
    """A component of a scheme (Baseline, Output, Outcome, Impact, Quick Win) and its weight."""

    scheme = models.ForeignKey(
        EvaluationScheme, models.CASCADE, related_name="components", verbose_name=_("scheme")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    slug = models.SlugField(_("short name"))
    name = models.CharField(_("name"), max_length=80, help_text=_("For example: Outcome."))
    weight = models.DecimalField(
        _("weight"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("In percent; all weights of a scheme make 100."),
    )

    class Meta:
        ordering = ["scheme", "position", "pk"]
        verbose_name = _("evaluation component")
        verbose_name_plural = _("evaluation components")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "slug"],
                name="%(app_label)s_%(class)s_slug_once",
                violation_error_message=_("This scheme already has that component."),
            ),
            models.CheckConstraint(
                condition=Q(weight__range=(0, 100)),
                name="%(app_label)s_%(class)s_weight_is_percent",
                violation_error_message=_("A weight is a number from 0 to 100."),
            ),
        ]
        triggers = [guards.COMPONENT_IS_FROZEN]

    def __str__(self):
        return self.name
