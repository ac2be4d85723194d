from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models import guards
from regencies.access import Role, ScopedQuerySet
from regencies.audit import Channel


class Verb(models.TextChoices):
    """What a person did, in the past tense a history page needs."""

    SUBMIT = "submit", _("submitted the stage")
    WITHDRAW = "withdraw", _("withdrew the stage")
    RETURN = "return", _("returned the stage")
    VERIFY = "verify", _("verified the stage")
    PUBLISH = "publish", _("published the stage")
    UNPUBLISH = "unpublish", _("took the stage off the public pages")


class TransitionQuerySet(ScopedQuerySet):
    regency_prefix = "stage__participation__regency__"
    participation_prefix = "stage__participation__"


class Transition(models.Model):
    """A line of the ledger: who moved which stage from where to where, when and why.

    Written only by ``programs.domain.ledger.record``. The database stamps the
    transaction and refuses changes; names are copied so that a line outlives its row.
    """

    stage = models.ForeignKey("programs.BimtekStage", models.PROTECT, related_name="transitions")
    stage_name = models.CharField(_("stage"), max_length=250)
    version = models.ForeignKey(
        "programs.StageVersion", models.PROTECT, null=True, related_name="transitions"
    )
    verb = models.CharField(_("deed"), max_length=12, choices=Verb)
    from_status = models.CharField(_("from"), max_length=9)
    to_status = models.CharField(_("to"), max_length=9)
    reason = models.TextField(_("reason"), blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    actor_name = models.CharField(_("name"), max_length=254)
    acting_role = models.CharField(_("role"), max_length=12, choices=Role)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    request_id = models.CharField(_("request"), max_length=40, blank=True)
    at = models.DateTimeField(_("at"))
    transaction = models.BigIntegerField(editable=False, default=0)

    objects = TransitionQuerySet.as_manager()

    class Meta:
        ordering = ["stage", "pk"]
        verbose_name = _("ledger line")
        verbose_name_plural = _("ledger")
        constraints = [
            models.CheckConstraint(
                condition=~Q(verb=Verb.RETURN) | ~Q(reason=""),
                name="%(app_label)s_%(class)s_return_has_reason",
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        verb=Verb.SUBMIT,
                        from_status__in=["draft", "returned"],
                        to_status="submitted",
                    )
                    | Q(
                        verb=Verb.WITHDRAW,
                        from_status="submitted",
                        to_status__in=["draft", "returned"],
                    )
                    | Q(verb=Verb.RETURN, from_status="submitted", to_status="returned")
                    | Q(verb=Verb.VERIFY, from_status="submitted", to_status="verified")
                    | Q(
                        verb__in=[Verb.PUBLISH, Verb.UNPUBLISH],
                        from_status="verified",
                        to_status="verified",
                    )
                ),
                name="%(app_label)s_%(class)s_step_exists",
            ),
        ]
        triggers = [
            guards.LEDGER_LINE_FITS_ITS_STAGE,
            guards.LEDGER_LINE_IS_DONE,
            guards.append_only("ledger_is_append_only"),
        ]

    def __str__(self):
        return f"{self.actor_name} {self.get_verb_display()}"
