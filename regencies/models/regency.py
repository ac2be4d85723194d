from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from regencies.access import ScopedQuerySet
from regencies.history import tracked


class Kind(models.TextChoices):
    KABUPATEN = "kabupaten", _("Regency")
    KOTA = "kota", _("City")
    PROVINSI = "provinsi", _("Province")


class RegencyQuerySet(ScopedQuerySet):
    regency_prefix = ""

    def with_place(self):
        return self.select_related("province")


@tracked()
class Regency(models.Model):
    """A local government that takes part: a kabupaten, a kota, or (since 2023) a province.

    The key is the Kemendagri code: 26 bare names are both kabupaten and kota, and
    ``Banjar`` is in two provinces, so a name alone never identifies a row.
    """

    code = models.CharField(
        _("code"), max_length=5, unique=True, help_text=_("Kemendagri code, for example 33.15.")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=80, help_text=_("Without Kabupaten or Kota."))
    official_name = models.CharField(_("official name"), max_length=100, unique=True)
    province = models.ForeignKey(
        "regencies.Province", models.PROTECT, related_name="regencies", verbose_name=_("province")
    )
    is_administrative = models.BooleanField(
        _("administrative unit"),
        default=False,
        help_text=_("One of Jakarta's six units, which have no government of their own."),
    )
    capital = models.CharField(_("capital"), max_length=80, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=6, decimal_places=3, null=True, blank=True
    )

    objects = RegencyQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("regency or city")
        verbose_name_plural = _("regencies and cities")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind=Kind.PROVINSI, code__regex=r"^[0-9]{2}$")
                    | Q(kind=Kind.KABUPATEN, code__regex=r"^[0-9]{2}\.[0-6][0-9]$")
                    | Q(kind=Kind.KOTA, code__regex=r"^[0-9]{2}\.[7-9][0-9]$")
                ),
                name="%(app_label)s_%(class)s_code_fits_kind",
                violation_error_message=_(
                    "The code does not fit the kind: 33.15 for a kabupaten, 33.72 for a kota, "
                    "33 for a province."
                ),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-12, 7), longitude__range=(94, 142)),
                name="%(app_label)s_%(class)s_point_in_indonesia",
                violation_error_message=_("This point is not in Indonesia; give both or neither."),
            ),
        ]

    def __str__(self):
        return self.official_name

    def get_absolute_url(self):
        return reverse("programs:regency-detail", args=[self.code])


class FormerCode(models.Model):
    """A Kemendagri code a regency had before a change, such as Papua's split of 2022."""

    regency = models.ForeignKey(Regency, models.CASCADE, related_name="former_codes")
    code = models.CharField(_("code"), max_length=5)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("former code")
        verbose_name_plural = _("former codes")
        constraints = [
            models.UniqueConstraint(fields=["code"], name="%(app_label)s_%(class)s_code_once"),
        ]

    def __str__(self):
        return self.code


class RegencyAlias(models.Model):
    """A spelling met in practice ("Pangkep", "Tangsel") that names exactly one regency.

    ``key`` is the spelling folded by ``regencies.domain.resolving.fold``.
    """

    regency = models.ForeignKey(Regency, models.CASCADE, related_name="aliases")
    name = models.CharField(_("spelling"), max_length=100)
    key = models.CharField(_("matching key"), max_length=100, editable=False)

    class Meta:
        ordering = ["key"]
        verbose_name = _("other spelling")
        verbose_name_plural = _("other spellings")
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="%(app_label)s_%(class)s_key_once",
                violation_error_message=_("This spelling already names a regency."),
            ),
        ]

    def __str__(self):
        return self.name
