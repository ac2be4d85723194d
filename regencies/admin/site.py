from functools import wraps

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Count, Value
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from regencies import models
from regencies.admin.agency import AgencyAdmin
from regencies.admin.area import AreaAdmin
from regencies.admin.base import ScopedAdmin
from regencies.admin.membership import MembershipAdmin
from regencies.admin.office import OfficeTermAdmin
from regencies.admin.province import ProvinceAdmin
from regencies.admin.regency import RegencyAdmin
from regencies.admin.token import ApiTokenAdmin
from regencies.admin.user import UserAdmin

# Listed here and not by decorators: Django imports this module in order to make the site, so a
# decorator in this package would register with a site that is thrown away a moment later.
PLACES_AND_PEOPLE = (
    (models.Province, ProvinceAdmin),
    (models.Regency, RegencyAdmin),
    (models.Area, AreaAdmin),
    (models.Agency, AgencyAdmin),
    (models.OfficeTerm, OfficeTermAdmin),
    (models.User, UserAdmin),
    (models.Membership, MembershipAdmin),
    (models.ApiToken, ApiTokenAdmin),
)


class LabelledAutocomplete(AutocompleteJsonView):
    """Says enough about a row to tell it from its namesakes."""

    def serialize_result(self, obj, to_field_name):
        label = self.model_admin.autocomplete_label(obj)
        return super().serialize_result(obj, to_field_name) | {"text": label}


class PortalAdminSite(admin.AdminSite):
    """The ministry's back room; it opens for those who hold the right to manage."""

    site_header = _("Smart City portal administration")
    site_title = _("Smart City portal")
    index_title = _("Administration")
    enable_nav_sidebar = False  # breadcrumbs lead back; the room is for the tables
    #: (words, models): how the start page groups the lists; what is in no group comes last.
    contents = ()

    def __init__(self, name="admin"):
        super().__init__(name)
        self.disable_action("delete_selected")  # nothing is deleted by the dozen
        for model, model_admin in PLACES_AND_PEOPLE:
            self.register(model, model_admin)

    def index(self, request, extra_context=None):
        groups = {"groups": self._groups(self.get_app_list(request))}
        return super().index(request, groups | (extra_context or {}))

    def app_index(self, request, app_label, extra_context=None):
        """The lists are grouped by work, not by Python package: there is one start page."""
        return redirect("admin:index")

    def _groups(self, app_list):
        """The lists that are open to whoever looks, each with the number of its rows."""
        lists = {entry["model"]: entry for app in app_list for entry in app["models"]}
        counts = _counts(lists)
        for model, entry in lists.items():
            entry["count"] = counts[model._meta.label]
        groups = [
            (words, [lists.pop(model) for model in models_ if model in lists])
            for words, models_ in self.contents
        ]
        return [group for group in (*groups, (_("Other"), [*lists.values()])) if group[1]]

    def has_permission(self, request):
        return request.user.is_staff if request.user.is_authenticated else False

    def register(self, model_or_iterable, admin_class=None, **options):
        """Open admins built on ``ScopedAdmin`` alone.

        Other packages bring their own (groups, e-mail addresses, tokens) that know
        nothing of memberships and would be doors past them.
        """
        if admin_class is not None and issubclass(admin_class, ScopedAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def admin_view(self, view, cacheable=False):
        """Who is signed in and has no business here is told so, not asked to sign in again."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def door(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            _refuse_null_bytes(request)
            return inner(request, *args, **kwargs)

        return door

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """The portal's own sign-in, whose limits on guessing Django's form does not have."""
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def autocomplete_view(self, request):
        return LabelledAutocomplete.as_view(admin_site=self)(request)


def _counts(found):
    """How many rows each model has, in one query for all of them."""
    rows = [
        model._default_manager.order_by()
        .annotate(_label=Value(model._meta.label))
        .values("_label")
        .annotate(_rows=Count("pk"))
        .values_list("_label", "_rows")
        for model in found
    ]
    counted = dict(rows[0].union(*rows[1:], all=True)) if rows else {}
    return {model._meta.label: counted.get(model._meta.label, 0) for model in found}


def _refuse_null_bytes(request):
    """Django passes addresses on to the database as they come, which cannot read such text."""
    for name, values in request.GET.lists():
        if any("\0" in text for text in (name, *values)):
            raise BadRequest("A null byte in the address")
