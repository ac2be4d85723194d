from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class RegenciesConfig(AppConfig):
    default = True
    name = "regencies"
    verbose_name = _("Places and people")


class PortalAdminConfig(admin_apps.AdminConfig):
    """Django's admin, opened by membership instead of by a staff flag."""

    default = False
    default_site = "regencies.admin.site.PortalAdminSite"
