"""Where a row is used: links to the rows that name it, whatever noun they are."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _

MOST = 50


def uses(row, site):
    """A list of the rows that name ``row`` and have a page of their own, or a dash."""
    lines = []
    for relation in row._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.is_relation and not relation.concrete):
            continue
        if relation.related_model in site._registry:
            lines += _rows(relation, row)
    if not lines:
        return _("Nowhere yet.")
    items = format_html_join("", "<li>{}</li>", ((line,) for line in lines[:MOST]))
    return format_html('<ul class="portal-plain">{}</ul>', items)


def _rows(relation, row):
    model = relation.related_model
    room = f"admin:{model._meta.label_lower.replace('.', '_')}_change"
    found = model._default_manager.filter(**{relation.field.name: row})[: MOST + 1]
    return [link(each, room) for each in found]


def link(row, room=None):
    """A link to a row's page in the admin, led by its noun."""
    room = room or f"admin:{row._meta.label_lower.replace('.', '_')}_change"
    noun = capfirst(row._meta.verbose_name)
    return format_html('{}: <a href="{}">{}</a>', noun, reverse(room, args=[row.pk]), row)
