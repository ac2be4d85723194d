from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(admin.AdminSite):
    """The ministry's back room; it opens for those who hold the right to manage."""

    site_header = _("Smart City portal administration")
    site_title = _("Smart City portal")
    index_title = _("Administration")

    def has_permission(self, request):
        return request.user.is_staff if request.user.is_authenticated else False
