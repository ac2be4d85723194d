from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from programs.models.document import document_field
from programs.models.initiative import Initiative
from programs.models.masterplan import of_a_plan
from programs.models.publication import Publication
from regencies.history import tracked


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
