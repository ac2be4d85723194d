from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError


class KnownRows:
    """Draws again only what can be a row: Django asks the database for whatever was sent."""

    def optgroups(self, name, value, attr=None):
        key = self.field.target_field
        return super().optgroups(name, [text for text in value if _fits(key, text)], attr)


class ChosenRow(KnownRows, AutocompleteSelect):
    """One row found by typing."""


class ChosenList(KnownRows, AutocompleteSelectMultiple):
    """Several rows found by typing, each with its own cross.

    Without the cross that clears all: it would be a child of the list that is no item,
    and a slip of the mouse would empty the field.
    """

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-allow-clear": "false"}


def _fits(key, text):
    try:
        key.to_python(text)
    except ValidationError:
        return False
    return True
