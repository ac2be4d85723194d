"""Statuses in words, shape and colour, as on the pages."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from programs.admin.marks import BAD, mark


def status_tag(stage):
    return mark(stage.status, stage.get_status_display())


def participation_tag(participation):
    looks = {"active": "verified", "withdrawn": "late", "replaced": "returned"}
    return mark(looks[participation.status], participation.get_status_display())


def late_tag():
    return mark(BAD, _("Late"))


def stage_list(stages):
    """Links to the stages of a participation, each with its status."""
    told = ((stage.admin_address, stage.definition, status_tag(stage)) for stage in stages)
    rows = format_html_join("", '<li><a href="{}">{}</a> {}</li>', told)
    return format_html('<ul class="portal-plain">{}</ul>', rows)
