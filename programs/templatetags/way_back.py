from django import template

from regencies.admin.way_back import as_query

register = template.Library()


@register.simple_tag(takes_context=True)
def back_to_here(context):
    """The part of an address that leads back to this page when the form there is saved."""
    return as_query(context.request.get_full_path())
