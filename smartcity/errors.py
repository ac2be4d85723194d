"""Django's own error answers: JSON under /api/, pages elsewhere."""

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults

API = "/api/"


def bad_request(request, exception):
    if request.path.startswith(API):
        return _refusal("client_error", "bad_request", _("The request is malformed."), 400)
    return defaults.bad_request(request, exception)


def permission_denied(request, exception):
    if request.path.startswith(API):
        return _refusal("client_error", "permission_denied", _("You may not do this."), 403)
    return defaults.permission_denied(request, exception)


def page_not_found(request, exception):
    if request.path.startswith(API):
        return _refusal("client_error", "not_found", _("There is nothing at this address."), 404)
    return defaults.page_not_found(request, exception)


def server_error(request):
    if request.path.startswith(API):
        text = _("Something went wrong on our side; it has been logged.")
        return _refusal("server_error", "error", text, 500)
    return defaults.server_error(request)


def _refusal(kind, code, detail, status):
    errors = [{"code": code, "detail": detail, "attr": None}]
    return JsonResponse({"type": kind, "errors": errors}, status=status)
