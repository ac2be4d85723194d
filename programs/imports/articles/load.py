"""Adds what the articles tell and the portal does not have; changes nobody's edits.

A row that ministry staff changed stays and is told as a difference. A row that staff took out
or renamed is known from the row history and does not come back.
"""

from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from pghistory.core import event_models

from programs.domain import stated
from programs.imports.articles.nouns import NOUNS, Noun
from programs.imports.articles.references import References, UnknownReferenceError
from programs.imports.loading import FOLDER, Loaded, Loading, split
from programs.models import Institution, Source, Statement
from regencies.imports.reader import Row

ARTICLES = FOLDER / "articles"
STATEMENT = ("record", "field", "source", "stated", "event_on", "weekday", "contradiction", "note")
STATEMENT_KEY = ("content_type", "object_id", "field", "source", "stated")
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


@transaction.atomic
def load(folder: Path = ARTICLES) -> Loaded:
    """Add what is missing: all of it or, with ``ImportRefusedError``, nothing."""
    loading = _Articles(folder)
    for noun in NOUNS:
        loading.load(noun)
    loading.load_statements()
    loading.problems.refuse_if_any()
    return loading.loaded


class _Articles(Loading):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.references = References()

    def load(self, noun: Noun) -> None:
        for row in self.read(noun.file, ("ref", *noun.columns), key=["ref"]):
            values = {name: self._value(noun.model, row, name) for name in noun.columns}
            is_whole = all(
                values[name] is not None or not row[name] for name in noun.columns
            )  # else: it points at nothing, which was told
            shipped = noun.model(**values) if is_whole else None
            self.references.keep(row["ref"], shipped and self._settle(row, noun, shipped))

    def load_statements(self) -> None:
        """Who says what about the rows; each row's ``record`` is a reference."""
        rows = self.read("statements.csv", STATEMENT, key=["record", "field", "source", "stated"])
        facts = ("event_on", "weekday", "contradiction", "note")
        noun = Noun("statements.csv", Statement, (*STATEMENT_KEY, *facts), STATEMENT_KEY)
        for row in rows:
            record, source = self._find(row, "record"), self._find(row, "source")
            weekday, contradiction = self._weekday(row), self._find(row, "contradiction")
            if record is None or source is None:
                continue
            self._check_field(row, type(record))
            shipped = Statement(
                content_type=ContentType.objects.get_for_model(record),
                object_id=record.pk,
                field=row["field"],
                source=source,
                stated=row["stated"],
                event_on=row["event_on"] or None,
                weekday=weekday,
                contradiction=contradiction,
                note=row["note"],
            )
            self._settle(row, noun, shipped)

    def _settle(self, row: Row, noun: Noun, shipped: Any) -> Any:
        """The row on record, or the shipped one saved; None for one that staff took out."""
        if (stored := _stored(noun, shipped)) is None and _was_there(noun, shipped):
            place = f"{row.file}, line {row.line}"
            self.loaded.differences.append(f"{place}: taken out or renamed here")
            return None
        by_address = isinstance(stored, Source) and stored.slug != shipped.slug
        settled = self.add(row, stored, shipped, () if by_address else noun.facts)
        return settled if settled.pk else None  # what points at a refused row is not judged

    def _value(self, model: type[models.Model], row: Row, name: str) -> Any:
        field = model._meta.get_field(name)
        if field.is_relation:
            return self._find(row, name)
        if isinstance(field, ArrayField):
            return split(row[name])
        return row[name] or (None if field.null else "")

    def _find(self, row: Row, column: str) -> Any:
        if not row[column]:
            return None
        try:
            return self.references.find(row[column])
        except UnknownReferenceError:
            self.problems.add(row, column, f"there is no {row[column]}")
            return None

    def _check_field(self, row: Row, model: type[models.Model]) -> None:
        if row["field"] and row["field"] not in (allowed := stated.fields_of(model)):
            self.problems.add(row, "field", f"write one of: {', '.join(allowed)}")

    def _weekday(self, row: Row) -> int | None:
        if row["weekday"] and row["weekday"] not in DAYS:
            self.problems.add(row, "weekday", f"write one of: {', '.join(DAYS)}")
            return None
        return DAYS.index(row["weekday"]) + 1 if row["weekday"] else None


def _stored(noun: Noun, shipped: Any) -> Any:
    """The row on record with the same key; sources and institutions have a second one."""
    rows = noun.model._base_manager.all()
    stored = rows.filter(**_key(noun, shipped)).first()
    if stored is None and isinstance(shipped, Source) and shipped.address:
        return rows.filter(address=shipped.address).first()
    if stored is None and isinstance(shipped, Institution):
        return rows.filter(name=shipped.name).first()
    return stored


def _was_there(noun: Noun, shipped: Any) -> bool:
    (history,) = event_models(tracks_model=noun.model)
    return history._default_manager.filter(**_key(noun, shipped)).exists()


def _key(noun: Noun, shipped: Any) -> dict[str, Any]:
    names = [noun.model._meta.get_field(name).attname for name in noun.key]
    return {name: getattr(shipped, name) for name in names}
