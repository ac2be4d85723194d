from urllib.parse import urlencode

from django import template
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from programs.domain import stated

register = template.Library()


@register.simple_tag
def statement_address(record):
    """Where a statement about this record is added; "" for a noun that no source speaks of."""
    if type(record) not in stated.NOUNS:
        return ""
    kind = ContentType.objects.get_for_model(record)
    query = urlencode({"content_type": kind.pk, "object_id": record.pk})
    return f"{reverse('admin:programs_statement_add')}?{query}"
