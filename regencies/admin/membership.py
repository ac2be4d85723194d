import datetime as dt

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regencies.access import Role
from regencies.admin.base import ScopedAdmin, ScopedInline, WholeRowForm
from regencies.admin.exchange import ExportAdmin
from regencies.admin.searching import RegionSearch
from regencies.imports.sheets.people import MembershipSheet
from regencies.models import Membership

GRANT = ["role", "province", "regency", "agency"]


def reach_of(membership):
    """Where a role holds, as a list says it; nothing for the whole country."""
    if agency := membership.agency:
        return f"{agency} ({agency.regency})"
    return membership.regency or membership.province


class MembershipForm(WholeRowForm):
    """A role is granted once: afterwards only its days change, another role is another row."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in {"user", *GRANT} & self.fields.keys():
                self.fields[name].disabled = True


SOON = dt.timedelta(days=60)


class InForceFilter(admin.SimpleListFilter):
    title = _("in force today")
    parameter_name = "in_force"

    def lookups(self, request, model_admin):
        return [("yes", _("Yes")), ("soon", _("Yes, but it ends within 60 days")), ("no", _("No"))]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.in_force()
        if self.value() == "soon":
            return queryset.in_force().filter(ends_on__lte=timezone.localdate() + SOON)
        if self.value() == "no":
            return queryset.exclude(pk__in=Membership.objects.in_force())
        return queryset


class RoleFilter(admin.SimpleListFilter):
    """People by a role they hold today; who holds it twice is still one person."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return Role.choices

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        held = Membership.objects.in_force().filter(role=self.value())
        return queryset.filter(pk__in=held.values("user"))


class MembershipInline(ScopedInline):
    """The roles of a person, on the person's page; one's own roles are only shown."""

    model = Membership
    fk_name = "user"
    form = MembershipForm
    fields = ["role", ("province", "regency", "agency"), ("starts_on", "ends_on"), "granted_by"]
    readonly_fields = ["granted_by"]
    autocomplete_fields = ["regency", "agency"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("user", "province", "regency", "agency", "granted_by")

    def has_add_permission(self, request, obj=None):
        return obj != request.user and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return obj != request.user and super().has_change_permission(request, obj)


class MembershipAdmin(ExportAdmin, RegionSearch, ScopedAdmin):
    """Roles end, they are not deleted; and nobody grants or prolongs their own."""

    form = MembershipForm
    sheet = MembershipSheet
    list_display = ["user", "role", "place", "starts_on", "ends_on", "granted_by"]
    list_select_related = ["user", "province", "regency", "agency__regency", "granted_by"]
    list_filter = [InForceFilter, "role"]
    common_filters = [
        (_("In force"), "in_force=yes"),
        (_("Ending soon"), "in_force=soon"),
        (_("Ended or not begun"), "in_force=no"),
        (_("Ministry staff today"), "in_force=yes&role__exact=ministry"),
    ]
    date_hierarchy = "starts_on"
    search_fields = ["user__email", "user__name"]
    search_help_text = _("Person's name or e-mail address, or the regency in any spelling.")
    fields = ["user", *GRANT, "starts_on", "ends_on", "granted_by"]
    readonly_fields = ["granted_by"]
    autocomplete_fields = ["user", "regency", "agency"]

    def has_change_permission(self, request, obj=None):
        own = obj is not None and obj.user_id == request.user.pk
        return not own and super().has_change_permission(request, obj)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if "user" in form.base_fields and obj is None:
            people = form.base_fields["user"].queryset
            form.base_fields["user"].queryset = people.exclude(pk=request.user.pk)
        return form

    def save_model(self, request, obj, form, change):
        if not change:
            obj.granted_by = request.user
        super().save_model(request, obj, form, change)

    @admin.display(description=_("reach"))
    def place(self, membership):
        return reach_of(membership) or "–"
