from django.contrib import admin

from programs.imports.sheets.definitions import ProgramSheet
from programs.models import Program
from regencies.admin.base import ScopedAdmin
from regencies.admin.exchange import ExchangeAdmin


@admin.register(Program)
class ProgramAdmin(ExchangeAdmin, ScopedAdmin):
    sheet = ProgramSheet
    list_display = ["name", "slug"]
    search_fields = ["name"]
    fields = ["name", "slug", "aliases"]
