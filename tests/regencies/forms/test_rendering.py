"""The markup that the portal's pages get from a form, and that the admin does not."""

import re

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.template.loader import render_to_string
from django.utils import translation

from regencies.forms.renderer import PortalFormRenderer


class VisitForm(forms.Form):
    default_renderer = PortalFormRenderer
    venue = forms.CharField(label="Venue", help_text="A building & its town")
    people = forms.IntegerField(widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}))
    notes = forms.CharField(widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(choices=[("a", "A")])
    mode = forms.ChoiceField(
        choices=[("onsite", "Onsite"), ("online", "Online")],
        widget=forms.RadioSelect,
        help_text="Choose one",
    )
    groups = forms.MultipleChoiceField(
        choices=[("opd", "OPD"), ("public", "Public")], widget=forms.CheckboxSelectMultiple
    )
    report = forms.FileField()
    secret = forms.CharField(widget=forms.PasswordInput)
    sure = forms.BooleanField(label="I am sure")
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        if self.data.get("venue") == "nowhere":
            raise forms.ValidationError("Nobody came")


def group(name, data=None):
    with translation.override("en"):
        return str(VisitForm(data)[name].as_field_group())


def ids(html):
    return set(re.findall(r'\bid="([^"]+)"', html))


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("venue", "govuk-input"),
        ("people", "govuk-input govuk-input--width-4"),
        ("notes", "govuk-textarea"),
        ("kind", "govuk-select"),
        ("report", "govuk-file-upload"),
        ("secret", "govuk-input govuk-password-input__input govuk-js-password-input-input"),
        ("sure", "govuk-checkboxes__input"),
    ],
)
def test_a_control_has_the_class_of_its_kind_and_its_own(name, css):
    html = VisitForm()[name].control

    assert re.search(r'<(?:input|textarea|select)[^>]* class="([^"]*)"', html)[1] == css


@pytest.mark.parametrize(
    ("name", "css", "labels"),
    [
        ("mode", "govuk-radios", ["Onsite", "Online"]),
        ("groups", "govuk-checkboxes", ["OPD", "Public"]),
    ],
)
def test_a_group_of_choices_is_a_fieldset_with_labelled_boxes(name, css, labels):
    html = group(name)

    assert "<legend" in html
    assert html.count(f'class="{css}__input"') == 2
    assert re.findall(r'for="([^"]+)">([^<]+)</label>', html) == [
        (f"id_{name}_{number}", label) for number, label in enumerate(labels)
    ]


def test_a_chosen_option_stays_chosen():
    html = VisitForm({"mode": "online"})["mode"].control

    assert [" checked" in box for box in html.split("<input")[1:]] == [False, True]


@pytest.mark.parametrize("name", [name for name in VisitForm.base_fields if name != "token"])
def test_everything_that_describes_a_control_exists(name):
    html = group(name, {})

    named = " ".join(re.findall(r'aria-describedby="([^"]+)"', html)).split()
    # The optional notes have neither hint nor error; everything else has at least an error.
    assert named != [] or name == "notes"
    assert set(named) <= ids(html)


@pytest.mark.parametrize("name", [name for name in VisitForm.base_fields if name != "token"])
def test_a_link_in_the_error_summary_reaches_a_control(name):
    assert VisitForm({})[name].error_target in ids(group(name, {}))


def test_hint_and_error_stand_between_label_and_control():
    html = group("venue", {})

    order = ["<label", "id_venue_helptext", "id_venue_error", "This field is required.", "<input"]
    places = [html.index(f'id="{mark}"' if mark.startswith("id_") else mark) for mark in order]
    assert places == sorted(places)
    assert 'aria-invalid="true"' in html
    assert "govuk-form-group--error" in html


def test_a_field_without_error_is_not_marked():
    html = group("venue", {"venue": "Pendopo"})

    assert 'value="Pendopo"' in html
    assert "aria-invalid" not in html
    assert "govuk-form-group--error" not in html


def test_what_was_typed_is_shown_as_text():
    html = group("notes", {"notes": "</textarea><script>alert(1)</script>"})

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_hint_is_escaped():
    assert "A building &amp; its town" in group("venue")


def test_the_error_summary_lists_every_error_once_with_its_link():
    data = {"venue": "nowhere", "people": "x", "token": ""}
    with translation.override("en"):
        html = render_to_string("_parts/error_summary.html", {"form": VisitForm(data)})

    assert re.findall(r"<li>([^<]+)</li>", html) == [
        "Nobody came",
        "Token: This field is required.",
    ]
    assert re.findall(r'href="#([^"]+)"', html) == [
        "id_people",
        "id_kind",
        "id_mode_0",
        "id_groups_0",
        "id_report",
        "id_secret",
        "id_sure",
    ]


def test_a_form_without_errors_has_no_summary():
    html = render_to_string("_parts/error_summary.html", {"form": VisitForm()})

    assert html.strip() == ""


def test_what_the_admin_prints_stays_what_django_makes_it():
    portal = VisitForm({})
    django = VisitForm({}, renderer=TemplatesSetting())

    assert [str(field) for field in portal] == [str(field) for field in django]
    assert [field.label_tag() for field in portal] == [field.label_tag() for field in django]
    assert [str(field.errors) for field in portal] == [str(field.errors) for field in django]


@pytest.fixture
def unhashed_static_files(settings):
    """Static files by their plain names: only collectstatic writes the hashed ones."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.mark.usefixtures("unhashed_static_files")
@pytest.mark.parametrize("name", ["400", "403_csrf", "500", "503"])
def test_an_error_page_needs_no_request(name):
    with translation.override("en"):
        html = render_to_string(f"{name}.html")

    assert html.count("<h1") == 1
    assert 'href="/"' in html
