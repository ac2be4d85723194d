"""One row on its way from cells to an instance."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from regencies.imports.sheets.columns import KEEP
from regencies.imports.sheets.outcome import Change
from regencies.imports.sheets.references import References, comparable


class RowInHand:
    """``parsed`` values and ``errors`` by column; ``joined`` rows by foreign key.

    After ``assign`` also the ``changes`` and, by field, the ``lists`` still to be stored.
    """

    def __init__(self, sheet, line):
        self.sheet, self.line = sheet, line
        self.parsed, self.errors, self.joined = {}, {}, {}
        self.changes, self.lists = [], {}

    def parse(self, cells):
        for column in self.sheet.columns:
            if column.column_name in cells:
                self._parse(column, cells[column.column_name])
        for name, parts in self.sheet.parts.items():
            if all(part.column_name in self.parsed for part in parts):
                self._join(name, parts)

    def refuse(self, column, text):
        self.errors.setdefault(column.column_name, ValidationError(text))

    def key(self):
        """The natural key, or None where a cell of it is wrong."""
        names = [column.column_name for column in self.sheet.keys]
        if any(name not in self.parsed for name in names):
            return None
        return self.sheet.key([comparable(self.parsed[name]) for name in names])

    def assign(self, instance):
        """Put every value that differs on ``instance`` and note the change."""
        for column in self.sheet.columns:
            if column.column_name in self.parsed and not column.is_part:
                self._assign(instance, column, self.parsed[column.column_name])
        for name, target in self.joined.items():
            if getattr(instance, f"{name}_id") != comparable(target):
                for column in self.sheet.parts[name]:
                    self._note(instance, column, self.parsed[column.column_name])
                setattr(instance, name, target)

    def _parse(self, column, cell):
        try:
            value = column.parse(cell, self.sheet)
        except ValidationError as error:
            self.errors[column.column_name] = error
        else:
            if value is not KEEP:
                self.parsed[column.column_name] = value

    def _join(self, name, parts):
        """The row that columns through one foreign key name together."""
        values = [comparable(self.parsed[part.column_name]) for part in parts]
        if all(value in (None, "") for value in values):
            self.joined[name] = None
            return
        model = parts[0].root.related_model
        paths = ["__".join(part.path[1:]) for part in parts]
        found = self.sheet.rows_by(model, *paths).get(tuple(values), [])
        if len(found) == 1:
            self.joined[name] = found[0]
            return
        words = (
            _("Several rows of %(noun)s have these values.")
            if found
            else _("There is no %(noun)s with these values.")
        )
        self.refuse(parts[-1], words % {"noun": model._meta.verbose_name})

    def _assign(self, instance, column, value):
        if column.same(column.get_value(instance), value):
            return
        self._note(instance, column, value)
        if isinstance(column, References):
            self.lists[column.attribute] = value
        else:
            setattr(instance, column.attribute, value)

    def _note(self, instance, column, value):
        old = "" if instance._state.adding else column.text_of(column.get_value(instance))
        self.changes.append(Change(column.column_name, old, column.text_of(value)))
