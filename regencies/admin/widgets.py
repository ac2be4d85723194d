from django.contrib.admin.widgets import AutocompleteSelectMultiple


class ChosenList(AutocompleteSelectMultiple):
    """Several rows found by typing, each with its own cross.

    Without the cross that clears all: it would be a child of the list that is no item,
    and a slip of the mouse would empty the field.
    """

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-allow-clear": "false"}
