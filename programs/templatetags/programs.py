"""Small words for templates; decisions and queries stay in the domain."""

from django import template
from django.utils.html import format_html

from programs.models import StageStatus

register = template.Library()


@register.filter
def verified_count(stages):
    """How many of the loaded stages are verified."""
    return sum(stage.status == StageStatus.VERIFIED for stage in stages)


@register.filter
def stage_steps(stages, current):
    """The steps of ``_parts/stage_steps.html`` for the stages of a participation."""
    return [
        {
            "number": stage.definition.number,
            "title": stage.definition.title,
            "state": _state(stage, current),
            "url": "" if stage.pk == current.pk else stage.get_absolute_url(),
        }
        for stage in stages
    ]


def _state(stage, current):
    if stage.pk == current.pk:
        return "current"
    return "done" if stage.status == StageStatus.VERIFIED else "ahead"


@register.filter
def shown(field):
    """A form field's value as a person reads it: chosen label, date in words, or a dash."""
    value = field.value()
    if isinstance(value, list):  # day, month, year as typed
        return " ".join(part for part in value if part) or "–"
    choices = dict(getattr(field.field, "choices", ()))
    value = choices.get(value, value)
    if hasattr(value, "strftime"):
        return f"{value.day} {value.month} {value.year}"
    return format_html("{}", value) if value not in (None, "") else "–"
