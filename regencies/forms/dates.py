"""A date asked for as day, month and year: three boxes, as people write dates on paper."""

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

YEARS = range(1900, 2101)
PARTS = ("day", "month", "year")

# Full and short names as people write them, in Indonesian (old spelling too) and English.
MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari pebruari february feb peb",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt ags agust aug",
            "september sep sept",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}

MISSING = {
    ("day",): _("Enter the day"),
    ("month",): _("Enter the month"),
    ("year",): _("Enter the year"),
    ("day", "month"): _("Enter the day and the month"),
    ("day", "year"): _("Enter the day and the year"),
    ("month", "year"): _("Enter the month and the year"),
}
WRONG = {
    "day": _("The day must be a number from 1 to 31"),
    "month": _("The month must be a number from 1 to 12 or a name, for example November"),
    "year": _("The year must be between 1900 and 2100"),
    "short year": _("Write the year with four digits, for example 2018"),
}
NO_SUCH_DATE = _("That date does not exist: %(date)s")


def read_day(text):
    """The day as a number, or None if it cannot be one."""
    day = int(text) if re.fullmatch(r"[0-9]{1,2}", text) else 0
    return day if 1 <= day <= 31 else None


def read_month(text):
    """The month as a number, from digits or a name; None if it is neither."""
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text) if 1 <= int(text) <= 12 else None
    return MONTH_NAMES.get(text.casefold().rstrip("."))


def read_year(text):
    """The year as a number, or None; two digits are refused, since they name no century."""
    year = int(text) if re.fullmatch(r"[0-9]{4}", text) else 0
    return year if year in YEARS else None


def _wrong(part, text):
    if part == "year" and not re.fullmatch(r"[0-9]{4}", text):
        return WRONG["short year"]
    return WRONG[part]


def _no_such_date(day, month, year):
    date = f"{day} {MONTHS[month]}"
    return NO_SUCH_DATE % {"date": f"{date} {year}" if (day, month) == (29, 2) else date}


def read_date(typed):
    """Return the date and the problems found, as (parts, sentence) pairs.

    Nothing typed at all is no problem: whether a date is required is the field's business.
    """
    texts = dict(zip(PARTS, typed, strict=True))
    missing = tuple(part for part in PARTS if not texts[part])
    if len(missing) == len(PARTS):
        return None, []
    readers = {"day": read_day, "month": read_month, "year": read_year}
    numbers = {part: readers[part](texts[part]) for part in PARTS if texts[part]}
    problems = [(missing, MISSING[missing])] if missing else []
    problems += [
        ((part,), _wrong(part, texts[part])) for part, number in numbers.items() if number is None
    ]
    if problems:
        return None, problems
    try:
        return datetime.date(numbers["year"], numbers["month"], numbers["day"]), []
    except ValueError:
        return None, [(("day",), _no_such_date(**numbers))]


class DayMonthYearWidget(forms.MultiWidget):
    """Three text boxes that keep exactly what was typed."""

    template_name = "_forms/date.html"
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    sizes = {"day": "govuk-input--width-2", "month": "govuk-input--month"}

    def __init__(self, attrs=None):
        number = {"inputmode": "numeric", "autocomplete": "off"}
        # Months may be names, so a phone must offer letters there.
        word = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        boxes = {"day": number, "month": word, "year": number}
        super().__init__({part: forms.TextInput(kept) for part, kept in boxes.items()}, attrs)

    def decompress(self, value):
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        wrong = self._wrong_parts(value) if "aria-invalid" in context["widget"]["attrs"] else ()
        for part, box in zip(PARTS, context["widget"]["subwidgets"], strict=True):
            box["label"] = self.labels[part]
            if box["attrs"].get("id"):
                box["attrs"]["id"] = f"{context['widget']['attrs']['id']}_{part}"
            size = self.sizes.get(part, "govuk-input--width-4")
            box["attrs"]["class"] = f"govuk-input govuk-date-input__input {size}"
            box["attrs"].pop("aria-invalid", None)
            if part in wrong:
                box["attrs"]["aria-invalid"] = "true"
        return context

    def first_problem_id(self, id_, value):
        """The id of the first box to put right; a link from the error summary leads there."""
        wrong = self._wrong_parts(value)
        return f"{id_}_{next(part for part in PARTS if part in wrong)}"

    def _wrong_parts(self, value):
        # A rule about the whole date (required, too early) concerns all three boxes.
        typed = value if isinstance(value, list | tuple) else self.decompress(value)
        _date, problems = read_date([str(text or "").strip() for text in typed])
        return {part for parts, _sentence in problems for part in parts} or set(PARTS)


class DayMonthYearField(forms.Field):
    """Gives a datetime.date or None; says in words what is missing or wrong."""

    widget = DayMonthYearWidget
    default_error_messages = {"required": _("Enter the date")}

    def to_python(self, value):
        if not value or isinstance(value, datetime.date):
            return value or None
        date, problems = read_date([(text or "").strip() for text in value])
        if problems:
            raise ValidationError(
                [ValidationError(sentence, code="invalid") for _parts, sentence in problems]
            )
        return date

    def has_changed(self, initial, data):
        if self.disabled:
            return False
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True
