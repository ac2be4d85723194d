from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regencies.access import Role
from regencies.history import tracked
from regencies.models.constraints import dates_in_order

NOWHERE = Q(province__isnull=True, regency__isnull=True, agency__isnull=True)
PROVINCE = Q(province__isnull=False, regency__isnull=True, agency__isnull=True)
REGENCY = Q(province__isnull=True, regency__isnull=False, agency__isnull=True)
AGENCY = Q(province__isnull=True, regency__isnull=True, agency__isnull=False)


class MembershipQuerySet(models.QuerySet):
    def in_force(self, day=None):
        """Memberships held on ``day`` (today by default); both ends count."""
        day = day or timezone.localdate()
        return self.filter(starts_on__lte=day).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        )


@tracked()
class Membership(models.Model):
    """A role a person holds over a part of the country, for a time.

    Ministry staff and experts have no place here: the first reach the nation, the
    second the participations they are assigned to.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="memberships",
        verbose_name=_("person"),
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    province = models.ForeignKey(
        "regencies.Province", models.PROTECT, null=True, blank=True, verbose_name=_("province")
    )
    regency = models.ForeignKey(
        "regencies.Regency",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("regency or city"),
    )
    agency = models.ForeignKey(
        "regencies.Agency", models.PROTECT, null=True, blank=True, verbose_name=_("agency (OPD)")
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day; empty while it lasts.")
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("granted by"),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user", "role", "-starts_on", "pk"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(role__in=[Role.MINISTRY, Role.EXPERT]) & NOWHERE
                    | Q(role=Role.OBSERVER) & PROVINCE
                    | Q(role__in=[Role.OFFICER, Role.SIGNER]) & REGENCY
                    | Q(role=Role.CONTRIBUTOR) & AGENCY
                ),
                name="%(app_label)s_%(class)s_reach_fits_role",
                violation_error_message=_(
                    "Officers and signers need a regency, observers a province, contributors an "
                    "agency; ministry staff and experts none of them."
                ),
            ),
            dates_in_order("starts_on", "ends_on"),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"
