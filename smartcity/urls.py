from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from smartcity import health

handler400 = "smartcity.errors.bad_request"
handler403 = "smartcity.errors.permission_denied"
handler404 = "smartcity.errors.page_not_found"
handler500 = "smartcity.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("admin/", admin.site.urls),
    path("accounts/", include("regencies.urls_accounts")),
    path("account/", include("regencies.urls")),
    path("api/v1/", include("programs.api.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("", include("programs.urls")),
]
