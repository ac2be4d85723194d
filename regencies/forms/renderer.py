"""How forms turn into HTML: GOV.UK Frontend's markup for the portal's own pages only.

The admin shares FORM_RENDERER, so no template of Django's is shadowed. A page asks for the
portal's look with `{{ form.name.as_field_group }}`; `{{ form.name }}` stays what Django makes it.
"""

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

CLASSES = (
    (forms.Textarea, "govuk-textarea"),
    ((forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget), ""),
    (forms.Select, "govuk-select"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.FileInput, "govuk-file-upload"),
    (
        forms.PasswordInput,
        "govuk-input govuk-password-input__input govuk-js-password-input-input",
    ),
    (Input, "govuk-input"),
)


class PortalWidgetRenderer(TemplatesSetting):
    """Swaps the widget templates whose markup differs from Django's."""

    own = {
        "django/forms/widgets/radio.html": "_forms/radios.html",
        "django/forms/widgets/checkbox_select.html": "_forms/checkboxes.html",
        "django/forms/widgets/file.html": "_forms/file.html",
        "django/forms/widgets/clearable_file_input.html": "_forms/file.html",
        "django/forms/widgets/password.html": "_forms/password.html",
    }

    def get_template(self, template_name):
        return super().get_template(self.own.get(template_name, template_name))


class PortalBoundField(BoundField):
    """A field that can also draw itself the portal's way: label, hint, error, control."""

    @property
    def control(self):
        """The widget with the portal's classes and markup."""
        widget = self.field.widget
        widget.is_localized = widget.is_localized or self.field.localize
        attrs = self.build_widget_attrs({"class": self._classes()})
        if self.auto_id and "id" not in widget.attrs:
            attrs["id"] = self.auto_id
        return widget.render(
            self.html_name, self.value(), attrs=attrs, renderer=PortalWidgetRenderer()
        )

    @property
    def is_checkbox(self):
        """Whether this is one box, whose label stands beside it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def error_target(self):
        """The id of the control that a link in the error summary must reach."""
        widget = self.field.widget
        if hasattr(widget, "first_problem_id"):
            return widget.first_problem_id(self.auto_id, self.value())
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    def _classes(self):
        widget = self.field.widget
        base = next((name for kinds, name in CLASSES if isinstance(widget, kinds)), "")
        return f"{base} {widget.attrs.get('class', '')}".strip()


class PortalFormRenderer(TemplatesSetting):
    """The value of settings.FORM_RENDERER; needs "django.forms" in INSTALLED_APPS."""

    field_template_name = "_forms/field.html"
    bound_field_class = PortalBoundField
