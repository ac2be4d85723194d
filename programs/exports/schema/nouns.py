"""The portal's models as plain facts, read from Django's app registry for the drawings."""

import re
from dataclasses import dataclass

import pghistory.trigger
from django.apps import apps
from django.db import models

from programs.exports.schema.groups import GROUPS

APPS = ("regencies", "programs")
WORDS = {
    "AutoField": "int",
    "BigAutoField": "int",
    "BigIntegerField": "int",
    "BooleanField": "bool",
    "IntegerField": "int",
    "PositiveBigIntegerField": "int",
    "PositiveIntegerField": "int",
    "PositiveSmallIntegerField": "int",
    "SmallIntegerField": "int",
}
SENTENCE = re.compile(r".+?[.!?](?=\s+[A-Z`]|$)")


class UngroupedError(Exception):
    """A model's module is in none of ``GROUPS``."""


@dataclass(frozen=True)
class Column:
    """A field of a noun; ``target`` is the noun it refers to, drawn or not."""

    name: str
    type: str
    key: str
    target: str = ""
    is_nullable: bool = False
    is_many: bool = False

    @property
    def remark(self):
        words = {"many": self.is_many, "nullable": self.is_nullable}
        return ", ".join(word for word, holds in words.items() if holds)


@dataclass(frozen=True)
class Noun:
    """A model: what it is, its columns, and what the database keeps true about it."""

    name: str
    module: str
    group: str
    sentence: str
    columns: tuple[Column, ...]
    constraints: tuple[str, ...]
    triggers: tuple[str, ...]
    is_tracked: bool

    def references(self, nouns):
        """The columns that refer to one of ``nouns``."""
        names = {noun.name for noun in nouns}
        return [column for column in self.columns if column.target in names]


def own_models():
    """The business models: history tables and automatic tables between two nouns are left out."""
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            if not getattr(model, "pgh_tracked_model", None):
                yield model


def group_of(module):
    return next((group for group, modules in GROUPS.items() if module in modules), None)


def read(found=None):
    """Every noun in the order of its group and module; refuses a model without a group."""
    found = list(own_models() if found is None else found)
    homeless = sorted({model.__module__ for model in found if not group_of(model.__module__)})
    if homeless:
        raise UngroupedError(
            f"In no group of programs/exports/schema/groups.py: {', '.join(homeless)}"
        )
    order = [module for modules in GROUPS.values() for module in modules]
    return sorted(map(_noun, found), key=lambda noun: order.index(noun.module))


def _noun(model):
    triggers = getattr(model._meta, "triggers", [])
    history = [each for each in triggers if isinstance(each, pghistory.trigger.Event)]
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return Noun(
        name=model.__name__,
        module=model.__module__,
        group=group_of(model.__module__),
        sentence=first_sentence(model),
        columns=tuple(map(_column, fields)),
        constraints=tuple(each.name for each in model._meta.constraints),
        triggers=tuple(each.name for each in triggers if each not in history),
        is_tracked=bool(history),
    )


def first_sentence(model):
    """Of the docstring; empty for a model without one (Django then writes its own)."""
    text = " ".join((model.__doc__ or "").split())
    if text.startswith(f"{model.__name__}("):
        return ""
    sentence = SENTENCE.match(text)
    return sentence[0] if sentence else text


def _column(field):
    return Column(
        name=field.name,
        type=type_of(field),
        key=_key(field),
        target=field.related_model.__name__ if field.is_relation else "",
        is_nullable=field.null,
        is_many=field.many_to_many,
    )


def type_of(field):
    """The type in the words of the drawing: ``text(80)``, ``date``; a relation's is its noun."""
    if field.is_relation:
        return field.related_model.__name__
    if isinstance(field, models.TextField):
        return "text"
    if isinstance(field, models.CharField):
        return f"text({field.max_length})" if field.max_length else "text"
    word = field.get_internal_type()
    return WORDS.get(word, word.removesuffix("Field").lower())


def _key(field):
    if field.primary_key:
        return "PK"
    keys = ["FK"] if field.is_relation and not field.many_to_many else []
    return ", ".join(keys + ["UK"] * (field.unique and not field.many_to_many))
