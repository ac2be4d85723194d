"""Dates typed as day, month and year."""

import datetime
import re

import pytest
from django import forms
from django.utils import translation

from regencies.forms import dates
from regencies.forms.renderer import PortalFormRenderer


class HeldForm(forms.Form):
    default_renderer = PortalFormRenderer
    held_on = dates.DayMonthYearField(label="Held on", required=False)


class RequiredForm(forms.Form):
    default_renderer = PortalFormRenderer
    held_on = dates.DayMonthYearField(label="Held on")


def typed(day, month, year, form=HeldForm, **options):
    data = {"held_on_day": day, "held_on_month": month, "held_on_year": year}
    return form(data, **options)


def errors(day, month, year):
    with translation.override("en"):
        return [str(error) for error in typed(day, month, year).errors.get("held_on", [])]


@pytest.mark.parametrize(
    ("month", "number"),
    [
        ("11", 11),
        ("1", 1),
        ("01", 1),
        (" November ", 11),
        ("nov", 11),
        ("Nop.", 11),
        ("Agustus", 8),
        ("AGU", 8),
        ("October", 10),
        ("Mei", 5),
        ("may", 5),
        ("Des", 12),
        ("Pebruari", 2),
    ],
)
def test_a_month_is_a_number_or_a_name(month, number):
    form = typed("7", month, "2018")

    assert form.is_valid()
    assert form.cleaned_data == {"held_on": datetime.date(2018, number, 7)}


def test_every_month_of_the_year_has_names():
    assert sorted(set(dates.MONTH_NAMES.values())) == list(range(1, 13))


def test_the_months_are_said_as_django_says_them_in_indonesian():
    with translation.override("id"):
        read = [dates.read_month(str(name)) for name in dates.MONTHS.values()]

    assert read == list(range(1, 13))


def test_nothing_typed_is_no_date():
    form = typed("", " ", "")

    assert form.is_valid()
    assert form.cleaned_data == {"held_on": None}


def test_nothing_sent_is_no_date():
    form = HeldForm({})

    assert form.is_valid()
    assert form.cleaned_data == {"held_on": None}


def test_a_required_date_is_asked_for():
    with translation.override("en"):
        assert typed("", "", "", RequiredForm).errors == {"held_on": ["Enter the date"]}


@pytest.mark.parametrize(
    ("day", "month", "year", "sentences"),
    [
        ("", "2", "2018", ["Enter the day"]),
        ("3", "", "2018", ["Enter the month"]),
        ("3", "2", "", ["Enter the year"]),
        ("", "", "2018", ["Enter the day and the month"]),
        ("", "2", "", ["Enter the day and the year"]),
        ("3", "", "", ["Enter the month and the year"]),
        ("0", "2", "2018", ["The day must be a number from 1 to 31"]),
        ("32", "2", "2018", ["The day must be a number from 1 to 31"]),
        ("x", "2", "2018", ["The day must be a number from 1 to 31"]),
        ("³", "2", "2018", ["The day must be a number from 1 to 31"]),
        (
            "3",
            "13",
            "2018",
            ["The month must be a number from 1 to 12 or a name, for example November"],
        ),
        (
            "3",
            "Smarch",
            "2018",
            ["The month must be a number from 1 to 12 or a name, for example November"],
        ),
        ("3", "2", "18", ["Write the year with four digits, for example 2018"]),
        ("3", "2", "2018 M", ["Write the year with four digits, for example 2018"]),
        ("3", "2", "1018", ["The year must be between 1900 and 2100"]),
        ("31", "2", "2018", ["That date does not exist: 31 February"]),
        ("31", "apr", "2018", ["That date does not exist: 31 April"]),
        ("29", "2", "2019", ["That date does not exist: 29 February 2019"]),
        (
            "3",
            "",
            "18",
            ["Enter the month", "Write the year with four digits, for example 2018"],
        ),
    ],
)
def test_what_is_wrong_is_said_in_words(day, month, year, sentences):
    assert errors(day, month, year) == sentences


def test_a_leap_day_is_a_date():
    assert typed("29", "2", "2020").is_valid()


def test_an_error_keeps_exactly_what_was_typed():
    html = str(typed("31", " februari", "18")["held_on"].as_field_group())

    assert 'value="31"' in html
    assert 'value=" februari"' in html
    assert 'value="18"' in html


@pytest.mark.parametrize(
    ("values", "marked"),
    [
        (("31", "2", "2018"), ["day"]),
        (("3", "", "18"), ["month", "year"]),
        (("3", "2", "2018"), []),
    ],
)
def test_only_the_wrong_boxes_are_marked(values, marked):
    html = typed(*values)["held_on"].control

    boxes = html.split("<input")[1:]
    assert len(boxes) == 3
    assert [
        part for part, box in zip(dates.PARTS, boxes, strict=True) if 'aria-invalid="true"' in box
    ] == marked


def test_a_rule_about_the_whole_date_marks_all_boxes():
    form = typed("3", "2", "2018")
    form.add_error("held_on", "Before the cohort opened")

    assert form["held_on"].control.count('aria-invalid="true"') == 3
    assert form["held_on"].error_target == "id_held_on_day"


def test_the_error_leads_to_the_first_wrong_box():
    assert typed("3", "", "18")["held_on"].error_target == "id_held_on_month"


def test_a_stored_date_fills_the_boxes():
    form = HeldForm(initial={"held_on": datetime.date(2018, 11, 7)})

    html = form["held_on"].control
    assert re.findall(r'value="([^"]*)"', html) == ["7", "11", "2018"]


@pytest.mark.parametrize(
    ("values", "changed"),
    [
        (("7", "Nov", "2018"), False),
        (("8", "11", "2018"), True),
        (("", "", ""), True),
        (("31", "2", "2018"), True),
    ],
)
def test_a_change_is_a_change_of_the_date_not_of_its_spelling(values, changed):
    form = typed(*values, initial={"held_on": datetime.date(2018, 11, 7)})

    assert form.has_changed() is changed
