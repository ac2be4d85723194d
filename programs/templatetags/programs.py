"""Small words for templates; decisions and queries stay in the domain."""

from django import template
from django.urls import reverse
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


#: The control of the edit page where a gap of the form is filled.
CONTROLS = {"starts_on": "id_starts_on_day", "mode": "id_mode_0"}


@register.filter
def place_of(gap, stage):
    """The address where a gap is filled: the row it concerns, or its control in the form."""
    if gap.row:
        return gap.row.get_absolute_url()
    control = CONTROLS.get(gap.field, f"id_{gap.field}")
    return f"{reverse('programs:stage-edit', args=[stage.pk])}#{control}"


@register.filter
def of_the_form(gaps):
    """The gaps that the stage's own form fills."""
    return [gap for gap in gaps if gap.row is None]


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
