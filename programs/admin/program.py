from django.contrib import admin

from programs.models import Program
from regencies.admin.base import ScopedAdmin


@admin.register(Program)
class ProgramAdmin(ScopedAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    fields = ["name", "slug", "aliases"]
