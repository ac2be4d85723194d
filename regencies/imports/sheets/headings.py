"""What a file calls its columns: their stable names, or what the screens call their fields."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _


class PlaceName:
    """The name of a region beside its code, for people; an import passes over it."""

    is_text = True
    choices = ()

    def __init__(self, place):
        self.place = place
        self.column_name = f"{place.column_name}_name"

    @property
    def label(self):
        return _("%s: name (only to be read)") % self.place.label

    def export(self, instance, **kwargs):
        found = self.place.get_value(instance)
        return None if found is None else found.official_name


def in_every_language(columns):
    """{language: {column's name: heading}}; a label that two columns share gets the name."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = {column.column_name: str(column.label) for column in columns}
    return {
        language: {
            name: label if _is_clear(name, label, said) else f"{label} ({name})"
            for name, label in labels.items()
        }
        for language, labels in said.items()
    }


def by_word(headings):
    """The column's name by every way to write its heading; the stable name goes first."""
    words = {
        folded(heading): name for named in headings.values() for name, heading in named.items()
    }
    stable = {folded(name): name for named in headings.values() for name in named}
    return words | stable


def folded(heading):
    return " ".join(heading.split()).casefold()


def _is_clear(name, label, said):
    """Whether no other column is called so, in any language."""
    others = {
        folded(words)
        for labels in said.values()
        for other, heading in labels.items()
        if other != name
        for words in (other, heading)
    }
    return folded(label) not in others
