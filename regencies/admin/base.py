"""What every admin page of the portal shares: who may open it, and which rows it shows."""

import logging

from django import forms
from django.contrib import admin, messages
from django.db import IntegrityError, InternalError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from regencies.access import Right, ScopedQuerySet, holds
from regencies.admin.common_filters import CommonFilters
from regencies.admin.lookups import OfferedLookups
from regencies.admin.row_history import RowHistory
from regencies.admin.way_back import way_back
from regencies.admin.widgets import ChosenList, ChosenRow

logger = logging.getLogger(__name__)

REFUSED = _(
    "Nothing was saved: what is on record already does not allow this change. Perhaps somebody "
    "else changed it meanwhile; read the page again."
)


def in_sight(rows, user):
    """``rows`` the user may see: those of regions by scope, reference data as a whole."""
    return rows.visible_to(user) if isinstance(rows, ScopedQuerySet) else rows


class Scoped:
    """For admins and inlines: opens for those who hold the right to manage, nobody else.

    ``holds`` asks for the right over the whole country, so there is no row left to check
    one by one. Nothing can be deleted unless a class says so: most rows are somebody's history.
    """

    can_be_deleted = False

    def has_module_permission(self, request):
        return holds(request.user, Right.MANAGE)

    def has_view_permission(self, request, obj=None):
        return holds(request.user, Right.MANAGE)

    def has_add_permission(self, request, obj=None):
        return holds(request.user, Right.MANAGE)

    def has_change_permission(self, request, obj=None):
        return holds(request.user, Right.MANAGE)

    def has_delete_permission(self, request, obj=None):
        return self.can_be_deleted and holds(request.user, Right.MANAGE)

    def get_queryset(self, request):
        return in_sight(super().get_queryset(request), request.user)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs.setdefault("queryset", self._choices(db_field, request))
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChosenRow(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("queryset", self._choices(db_field, request))
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChosenList(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _choices(self, db_field, request):
        return in_sight(db_field.remote_field.model._default_manager.all(), request.user)


class WholeRowForm(forms.ModelForm):
    """Checks a changed row as a whole: Django leaves out rules about a field only shown."""

    def _post_clean(self):
        super()._post_clean()
        if self.instance.pk is None or self.errors:
            return
        try:
            self.instance.validate_constraints()
        except forms.ValidationError as error:
            self._update_errors(error)


class ScopedAdmin(CommonFilters, OfferedLookups, RowHistory, Scoped, admin.ModelAdmin):
    """The base of every admin of the portal; others are not registered (``site.py``)."""

    form = WholeRowForm
    list_per_page = 50
    show_facets = admin.ShowFacets.ALWAYS

    class Media:
        css = {"all": ["css/admin-workflow.css"]}
        js = ["js/admin-names.js"]

    def changeform_view(self, request, *args, **kwargs):
        """The database has the last word; its no becomes a sentence instead of a crash."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (IntegrityError, InternalError):  # a constraint, or a trigger, that a form missed
            logger.exception("The database refused what the admin sent")
            self.message_user(request, REFUSED, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def response_post_save_add(self, request, obj):
        return _returned(request) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request, obj):
        return _returned(request) or super().response_post_save_change(request, obj)

    def get_ordering(self, request):
        """The model's own order said aloud: a list that counts rows beside loses it unsaid."""
        order = self.ordering or self.opts.ordering
        return order if {"pk", "-pk"} & set(order) else (*order, "pk")

    def autocomplete_label(self, obj):
        """The text of a row in a search-as-you-type list."""
        return str(obj)


def _returned(request):
    back = way_back(request)
    return HttpResponseRedirect(back) if back else None


class ReadOnlyAdmin(ScopedAdmin):
    """For rows that change only through the domain, or never."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ScopedInline(Scoped, admin.StackedInline):
    """Rows that belong to the row above them; stacked, because tables leave fields unlabelled."""

    extra = 0
