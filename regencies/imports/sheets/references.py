"""Columns that name another row: a region, or a row by its own natural key."""

import re

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regencies.domain.resolving import Resolver
from regencies.errors import RuleError
from regencies.imports.sheets.columns import (
    Choice,
    Column,
    Day,
    Number,
    Text,
    Whole,
    Words,
    YesNo,
    split,
    text_of,
)
from regencies.models import Agency, Regency

NATURAL_NAMES = ("code", "slug", "address", "name")


class Place(Column):
    """A region: by code, or by any spelling the resolver knows; written as code."""

    is_text = True
    hint = gettext_lazy("The code (33.15) or the full name (Kabupaten Grobogan).")

    def read(self, cell, sheet):
        return _region(cell, sheet)

    def show(self, value):
        return value.code


class Code(Text):
    """A region's own code, whatever a spreadsheet made of it."""

    def read(self, cell, sheet):
        return _as_code(cell)


class Reference(Column):
    """A row named by one of its fields, within the row of another column if need be.

    ``by`` are the fields in order: a cell is tried as each, and written as the first filled.
    """

    is_text = True

    def __init__(self, attribute=None, *, by=(), within=None, **kwargs):
        super().__init__(attribute, **kwargs)
        self.by, self.within = by, within

    def bind(self, model, name, *, is_key):
        super().bind(model, name, is_key=is_key)
        self.by = self.by or natural_names(self.field.related_model)

    @property
    def hint(self):
        meta = self.field.related_model._meta
        named = " / ".join(str(meta.get_field(name).verbose_name) for name in self.by)
        text = _("%(noun)s, by its %(field)s as stored here.")
        return text % {"noun": capfirst(meta.verbose_name), "field": named}

    def read(self, cell, sheet):
        return self.find(text_of(cell), sheet)

    def find(self, text, sheet):
        found = next(filter(None, (self._called(name, text, sheet) for name in self.by)), [])
        if len(found) != 1:
            raise ValidationError(self._refusal(text, found))
        return found[0]

    def _called(self, name, text, sheet):
        model = self.field.related_model
        if not self.within:
            return sheet.rows_by(model, name).get((text,), [])
        owner = sheet.row.parsed.get(self.within)
        return sheet.rows_by(model, self.within, name).get((comparable(owner), text), [])

    def _refusal(self, text, found):
        words = (
            _("“%(text)s” names several rows of %(noun)s.")
            if found
            else _("“%(text)s” is not in the list of %(noun)s.")
        )
        noun = self.field.related_model._meta.verbose_name_plural
        return words % {"text": text[:80], "noun": noun}

    def show(self, value):
        return str(next(filter(None, (getattr(value, name) for name in self.by)), ""))


class References(Reference):
    """Several rows in one cell, apart by ``|`` or line ends."""

    @property
    def hint(self):
        return super().hint + " " + _("Several are written apart by |.")

    @property
    def empty(self):
        return []

    def read(self, cell, sheet):
        return [self.find(name, sheet) for name in split(text_of(cell))]

    def get_value(self, instance):
        return list(super().get_value(instance).all()) if instance.pk else []

    def same(self, stored, value):
        return {row.pk for row in stored} == {row.pk for row in value}

    def show(self, value):
        return " | ".join(sorted(super(References, self).show(row) for row in value)) or None

    def text_of(self, value):
        return self.show(value) or ""


class Places(References):
    """Several regions, each by code or by any spelling."""

    @property
    def hint(self):
        return f"{Place.hint} {Words.hint}"

    def find(self, text, sheet):
        return _region(text, sheet)


def natural_names(model):
    """The fields by which people name a row: its code, slug, address or name, where unique."""
    alone = {c.fields[0] for c in model._meta.constraints if _is_about_one_field(c)}
    alone |= {field.name for field in model._meta.fields if field.unique}
    names = tuple(name for name in NATURAL_NAMES if name in alone)
    if not names:
        raise TypeError(f"Say by which field a cell names a row of {model.__name__}")
    return names


def _is_about_one_field(constraint):
    return isinstance(constraint, models.UniqueConstraint) and len(constraint.fields) == 1


def column_for(field):
    """The column of a model field. A noun declares its own where this is not what it means."""
    if field.many_to_many:
        return Places() if field.related_model is Regency else References()
    if field.is_relation:
        return _for_relation(field.related_model)
    if field.choices:
        return Choice()
    for kind, column in _KINDS:
        if isinstance(field, kind) and not isinstance(field, models.DateTimeField):
            return column()
    raise TypeError(f"No column is known for {field}; declare one")


def _for_relation(model):
    if model is Regency:
        return Place()
    if model is Agency:
        return Reference(by=("name", "abbreviation"), within="regency")
    return Reference()


_KINDS = (
    (ArrayField, Words),
    (models.BooleanField, YesNo),
    (models.DateField, Day),
    (models.DecimalField, Number),
    (models.IntegerField, Whole),
    (models.CharField, Text),
    (models.TextField, Text),
)


def comparable(value):
    """A row by its number, anything else as it is."""
    return getattr(value, "pk", value)


def _region(cell, sheet):
    resolver = sheet.recall("resolver", Resolver.from_database)
    try:
        return resolver.resolve(_as_code(cell))
    except RuleError as refusal:
        raise ValidationError(str(refusal)) from refusal


def _as_code(cell):
    """A code that a spreadsheet took for a number: 33.1 is 33.10, and 33,15 is 33.15."""
    if isinstance(cell, float) and not cell.is_integer():
        return f"{cell:.2f}"
    match = re.fullmatch(r"(\d{2})[.,](\d{1,2})", text_of(cell))
    return f"{match[1]}.{match[2]:0<2}" if match else text_of(cell)
