from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regencies.admin.base import ReadOnlyAdmin
from regencies.domain import tokens


class ApiTokenAdmin(ReadOnlyAdmin):
    """Which programs may use the API in whose name; a key can only be revoked here.

    The primary key is the digest of the token, which no page shows; so rows have no page
    of their own and no tick boxes, and addresses carry the public id.
    """

    list_display = ["name", "user", "scope", "created", "expires", "last_used_on", "revoke_link"]
    list_display_links = None
    list_select_related = ["user"]
    list_filter = ["scope"]
    search_fields = ["name", "user__email", "user__name"]
    search_help_text = gettext_lazy("Name of the token, or its owner's name or e-mail address.")
    actions = None

    def get_urls(self):
        revoke = self.admin_site.admin_view(self.revoke_view)
        own = [path("<uuid:public_id>/revoke/", revoke, name="regencies_apitoken_revoke")]
        return own + super().get_urls()

    def get_object(self, request, object_id, from_field=None):
        return None

    def revoke_view(self, request, public_id):
        token = get_object_or_404(self.get_queryset(request), public_id=public_id)
        if request.method != "POST":
            context = self.admin_site.each_context(request) | {
                "title": _("Revoke token"),
                "opts": self.opts,
                "token": token,
            }
            return TemplateResponse(request, "admin/regencies/apitoken/revoke.html", context)
        tokens.revoke(token, by=request.user)
        self.message_user(
            request, _("The token “%s” no longer works.") % token.name, messages.SUCCESS
        )
        return HttpResponseRedirect(reverse("admin:regencies_apitoken_changelist"))

    @admin.display(description=gettext_lazy("valid until"), ordering="expiry")
    def expires(self, token):
        if token.expiry and token.expiry <= timezone.now():
            return _("Expired")
        return token.expiry

    @admin.display(description="")
    def revoke_link(self, token):
        if token.expiry and token.expiry <= timezone.now():
            return ""
        address = reverse("admin:regencies_apitoken_revoke", args=[token.public_id])
        return format_html('<a href="{}">{}</a>', address, _("Revoke…"))
