from django.contrib import admin
from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from programs.imports.sheets.source import SourceSheet
from programs.models import Source
from regencies.admin.base import ScopedAdmin
from regencies.admin.exchange import ExchangeAdmin


@admin.register(Source)
class SourceAdmin(ExchangeAdmin, ScopedAdmin):
    """Where published facts come from; a source in use stays, one nobody cites may go."""

    can_be_deleted = True
    sheet = SourceSheet
    list_display = ["__str__", "publisher", "published_on", "event_on", "cited"]
    search_fields = ["publisher", "title", "address"]
    search_help_text = _("Publisher, title or web address.")
    fields = ["publisher", "title", "address", "published_on", "event_on"]
    date_hierarchy = "published_on"
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(cited=Count("participations"))

    def has_delete_permission(self, request, obj=None):
        in_use = obj is not None and obj.participations.exists()
        return not in_use and super().has_delete_permission(request, obj)

    def autocomplete_label(self, obj):
        return f"{obj} – {obj.address}"

    @admin.display(description=_("participations"), ordering="cited")
    def cited(self, source):
        return source.cited
