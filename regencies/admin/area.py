from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from regencies.admin.base import ScopedAdmin
from regencies.admin.exchange import ExchangeAdmin
from regencies.imports.sheets.places import AreaSheet


class AreaAdmin(ExchangeAdmin, ScopedAdmin):
    """An area nobody takes part in may go; the database keeps the others."""

    can_be_deleted = True
    sheet = AreaSheet
    list_display = ["name", "slug", "members"]
    search_fields = ["name"]
    fields = ["name", "slug", "regencies"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["regencies"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(members=Count("regencies"))

    @admin.display(description=_("regencies and cities"), ordering="members")
    def members(self, area):
        return area.members
