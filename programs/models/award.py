from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models.document import document_field
from programs.models.publication import Publication, Publishable
from regencies.access import ScopedQuerySet
from regencies.history import tracked


@tracked()
class AwardEvent(Publishable):
    """A ceremony at which awards are handed out, such as 14 December 2018 at ICE BSD."""

    name = models.CharField(
        _("name"), max_length=200, help_text=_("For example: Smart City Award 2017.")
    )
    held_on = models.DateField(_("held on"), null=True, blank=True)
    place = models.CharField(
        _("place"), max_length=200, blank=True, help_text=_("For example: ICE BSD, Tangerang.")
    )
    organiser = models.ForeignKey(
        "programs.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="award_events",
        verbose_name=_("organiser"),
    )
    cohort = models.ForeignKey(
        "programs.Cohort",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="award_events",
        verbose_name=_("cohort"),
        help_text=_("If the event honours one cohort."),
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-held_on", "name"]
        verbose_name = _("award event")
        verbose_name_plural = _("award events")
        constraints = [
            models.UniqueConstraint(
                fields=["name", "held_on"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=_("This event is on record already."),
            ),
        ]

    def __str__(self):
        return self.name


class AwardKind(models.TextChoices):
    PROGRAMME = "programme", _("Award of the programme")
    COMPETITION = "competition", _("Prize of a competition")
    OTHER = "other", _("Award of another body")


@tracked()
class AwardCategory(models.Model):
    """What an event honours: finishing the masterplan, best per pillar, favourite video."""

    event = models.ForeignKey(
        AwardEvent, models.PROTECT, related_name="categories", verbose_name=_("event")
    )
    name = models.CharField(
        _("name"), max_length=150, help_text=_("For example: Favorit lomba video smart city.")
    )
    kind = models.CharField(
        _("kind"), max_length=11, choices=AwardKind, default=AwardKind.PROGRAMME
    )
    pillar = models.ForeignKey(
        "programs.Pillar",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="award_categories",
        verbose_name=_("pillar"),
    )

    class Meta:
        ordering = ["event", "kind", "name"]
        verbose_name = _("award category")
        verbose_name_plural = _("award categories")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "name"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=_("This event already has that category."),
            ),
        ]

    def __str__(self):
        return f"{self.name} · {self.event}"


class AwardQuerySet(ScopedQuerySet):
    public_rows = Q(publication=Publication.PUBLIC, category__event__publication="public")


@tracked(model_name="AwardHistory")  # "AwardEvent" is a noun of its own
class Award(Publishable):
    """An award a region received. Who gave it is always said: ISNA, IGA and ITB give others."""

    category = models.ForeignKey(
        AwardCategory, models.PROTECT, related_name="awards", verbose_name=_("category")
    )
    regency = models.ForeignKey(
        "regencies.Regency",
        models.PROTECT,
        related_name="awards",
        verbose_name=_("regency or city"),
    )
    awarding_body = models.ForeignKey(
        "programs.Institution",
        models.PROTECT,
        null=True,
        related_name="awards",
        verbose_name=_("awarding body"),
    )
    given_by = models.CharField(
        _("handed over by"),
        max_length=150,
        blank=True,
        help_text=_("Name and office, as printed."),
    )
    received_by = models.CharField(
        _("received by"), max_length=150, blank=True, help_text=_("Name and office, as printed.")
    )
    document = document_field(_("certificate"))
    note = models.TextField(_("note"), blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        ordering = ["category", "regency__code"]
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints = [
            models.UniqueConstraint(
                fields=["category", "regency"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=_("This region has that award already."),
            ),
            # A named rule and not NOT NULL: the database's refusal then says what is missing.
            models.CheckConstraint(
                condition=Q(awarding_body__isnull=False),
                name="%(app_label)s_%(class)s_has_awarding_body",
                violation_error_message=_("Say who gave the award."),
            ),
        ]

    def __str__(self):
        return f"{self.category.name} · {self.regency}"
