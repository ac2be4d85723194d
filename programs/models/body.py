from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models.document import document_field
from programs.models.following import following
from programs.models.publication import Publishable
from programs.models.seat import Seat
from regencies.history import tracked
from regencies.models.constraints import not_blank


class BodyKind(models.TextChoices):
    COUNCIL = "council", _("Dewan Smart City")
    TEAM = "team", _("Tim Pelaksana")
    FORUM = "forum", _("Forum Smart City")


@tracked()
class LocalBody(Publishable):
    """A body a region sets up by decree: Dewan Smart City, Tim Pelaksana or Forum."""

    participation = models.ForeignKey(
        "programs.Participation",
        models.PROTECT,
        related_name="bodies",
        verbose_name=_("participation"),
    )
    kind = models.CharField(_("kind"), max_length=7, choices=BodyKind)
    decree_number = models.CharField(
        _("number of the decree"),
        max_length=100,
        blank=True,
        help_text=_("For example: Keputusan Bupati Nomor 592 Tahun 2017."),
    )
    decreed_on = models.DateField(_("decree dated"), null=True, blank=True)
    document = document_field(_("scan of the decree"))
    reported_size = models.PositiveSmallIntegerField(
        _("reported number of members"),
        null=True,
        blank=True,
        help_text=_("As a source gives it, where the members are not all listed here."),
    )
    note = models.TextField(_("note"), blank=True)

    objects = following("participation__").as_manager()

    class Meta:
        ordering = ["participation", "kind", "decreed_on", "pk"]
        verbose_name = _("local body")
        verbose_name_plural = _("local bodies")
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "kind", "decree_number"],
                name="%(app_label)s_%(class)s_decree_once",
                violation_error_message=_("This body is on record with that decree already."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.participation}"


class BodyRole(models.TextChoices):
    CHAIR = "chair", _("Chair")
    SECRETARY = "secretary", _("Secretary")
    COORDINATOR = "coordinator", _("Pillar coordinator")
    MEMBER = "member", _("Member")


@tracked()
class BodyMember(Seat):
    """A seat in a local body: an office, and the person in it where a source names one."""

    body = models.ForeignKey(
        LocalBody, models.CASCADE, related_name="members", verbose_name=_("body")
    )
    role = models.CharField(_("role"), max_length=11, choices=BodyRole, default=BodyRole.MEMBER)
    office = models.CharField(
        _("office"), max_length=150, help_text=_("For example: Kepala Dinas Kominfo.")
    )
    pillar = models.ForeignKey(
        "programs.Pillar",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("pillar"),
        help_text=_("Only for the coordinator of a pillar."),
    )

    objects = following("body__participation__", published="body__").as_manager()

    class Meta:
        ordering = ["body", "role", "pk"]
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "name", "office"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=_("This member is entered twice."),
            ),
            not_blank("office"),
            models.CheckConstraint(
                condition=Q(role=BodyRole.COORDINATOR, pillar__isnull=False)
                | ~Q(role=BodyRole.COORDINATOR) & Q(pillar__isnull=True),
                name="%(app_label)s_%(class)s_coordinator_has_pillar",
                violation_error_message=_("A coordinator, and nobody else, has a pillar."),
            ),
        ]
