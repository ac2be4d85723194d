from functools import partial
from smtplib import SMTPException

from allauth.account.forms import ResetPasswordForm
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from regencies.admin.base import ScopedAdmin, WholeRowForm
from regencies.admin.exchange import ExportAdmin
from regencies.admin.membership import MembershipInline, RoleFilter, reach_of
from regencies.imports.sheets.people import UserSheet
from regencies.models import Membership, User


class UserForm(WholeRowForm):
    class Meta:
        model = User
        fields = ["email", "name", "is_active", "is_superuser"]

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class UserAdmin(ExportAdmin, ScopedAdmin):
    """Accounts: made by name and e-mail, the password chosen by the person through a link."""

    form = UserForm
    sheet = UserSheet
    list_display = ["email", "name", "roles", "regions", "is_active", "last_login"]
    list_filter = ["is_active", RoleFilter, "is_example"]
    common_filters = [
        (gettext_lazy("Ministry staff today"), "role=ministry"),
        (gettext_lazy("Signers today"), "role=signer"),
        (gettext_lazy("Closed accounts"), "is_active__exact=0"),
    ]
    search_fields = ["email", "name"]
    search_help_text = gettext_lazy("Name or e-mail address.")
    readonly_fields = ["is_example", "date_joined", "last_login"]
    inlines = [MembershipInline]
    actions = ["send_links"]

    def get_queryset(self, request):
        held = Membership.objects.in_force().select_related(
            "province", "regency", "agency__regency"
        )
        rows = super().get_queryset(request)
        return rows.prefetch_related(Prefetch("memberships", held, to_attr="held_today"))

    def get_fieldsets(self, request, obj=None):
        account = ["is_active", *self._superuser_field(request)]
        if obj is None:
            return [(None, {"fields": ["email", "name", *self._superuser_field(request)]})]
        return [
            (None, {"fields": ["email", "name"]}),
            (gettext_lazy("Account"), {"fields": [*account, *self.readonly_fields]}),
        ]

    def has_change_permission(self, request, obj=None):
        """Only superusers reach a superuser's account; others could have its link sent to them."""
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        own = ["is_active", *self._superuser_field(request)] if obj == request.user else []
        return [*self.readonly_fields, *own]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            # The sign-in package remembers addresses; the old one must not open the account.
            EmailAddress.objects.filter(user=obj).exclude(email__iexact=obj.email).delete()
        if not change:
            transaction.on_commit(partial(self._send_link, request, obj))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        person = form.instance
        if not (change or person.is_superuser or person.memberships.exists()):
            text = _("%(person)s has no role yet and cannot see anything.")
            self.message_user(request, text % {"person": person}, messages.WARNING)

    def save_formset(self, request, form, formset, change):
        for membership in formset.save(commit=False):
            if isinstance(membership, Membership) and membership.pk is None:
                membership.granted_by = request.user
            membership.save()
        formset.save_m2m()

    @admin.action(
        description=gettext_lazy("Send a link for choosing a password"), permissions=["change"]
    )
    def send_links(self, request, queryset):
        reachable = [
            user
            for user in queryset
            if user.is_active and self.has_change_permission(request, user)
        ]
        for user in reachable:
            self._send_link(request, user)
        if skipped := len(queryset) - len(reachable):
            text = ngettext(
                "%(count)s account is switched off or out of your reach; it got no link.",
                "%(count)s accounts are switched off or out of your reach; they got no link.",
                skipped,
            )
            self.message_user(request, text % {"count": skipped}, messages.WARNING)

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, user):
        held = dict.fromkeys(role.get_role_display() for role in user.held_today)
        own = [_("Superuser")] if user.is_superuser else []
        return ", ".join([*own, *held]) or _("No role")

    @admin.display(description=gettext_lazy("regions"))
    def regions(self, user):
        places = dict.fromkeys(str(reach_of(role)) for role in user.held_today if reach_of(role))
        return ", ".join(places) or "–"

    def _superuser_field(self, request):
        return ["is_superuser"] if request.user.is_superuser else []

    def _send_link(self, request, user):
        form = ResetPasswordForm({"email": user.email})
        try:
            if form.is_valid():
                with request_context(request):  # the link is built from this request's address
                    form.save(request)
        except (SMTPException, OSError):
            text = _("The link could not be sent to %(email)s. Try again later from the list.")
            self.message_user(request, text % {"email": user.email}, messages.ERROR)
        else:
            text = _("A link for choosing a password is on its way to %(email)s.")
            self.message_user(request, text % {"email": user.email}, messages.SUCCESS)
