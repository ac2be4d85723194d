"""The list of one noun as a spreadsheet: which columns, which key, and what a row does."""

import logging
from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, InternalError, connections, transaction
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from import_export.resources import ModelResource

from regencies.access import ScopedQuerySet
from regencies.imports.sheets import headings
from regencies.imports.sheets.arranging import arrange
from regencies.imports.sheets.examining import Examination
from regencies.imports.sheets.limits import MAX_EXAMINED
from regencies.imports.sheets.outcome import Outcome, RowOutcome
from regencies.imports.sheets.references import Place, References, column_for, comparable
from regencies.imports.sheets.row import RowInHand

logger = logging.getLogger(__name__)


class Sheet(ModelResource):
    """Base of every noun's sheet; ``Meta`` names model, ``fields`` and ``import_id_fields``.

    ``fields`` are the columns in order, named as in the API; ``import_id_fields`` the natural
    key. A column that ``column_for`` would not make of the field is declared. Columns through
    a foreign key (``regency = Place("participation__regency")``) together name its row.
    """

    class Meta:
        report_skipped = True
        skip_diff = True
        skip_html_diff = True
        use_transactions = False  # ``load`` has one; the package's own costs two queries a row

    def __init__(self, user):
        super().__init__()
        self.user = user
        self.columns = self.get_import_fields()
        for name, column in self.fields.items():
            column.bind(self._meta.model, name, is_key=name in self._meta.import_id_fields)
        self.by_name = {column.column_name: column for column in self.columns}
        self.keys = [self.fields[name] for name in self._meta.import_id_fields]
        self._recalled = {}
        self._name_columns()

    def _name_columns(self):
        """Files written for an Indonesian screen are headed in Indonesian; all names are read."""
        pairs = [
            (column, headings.PlaceName(column))
            for column in self.columns
            if isinstance(column, Place)
        ]
        self.only_told = {
            name.column_name: name
            for _place, name in pairs
            if name.column_name not in self.by_name
        }
        beside = {place: name for place, name in pairs if name.column_name in self.only_told}
        self.written = [c for column in self.columns for c in (column, beside.get(column)) if c]
        everywhere = headings.in_every_language(self.written)
        self.names_by_word = headings.by_word(everywhere)
        self.headings = everywhere.get(get_language(), everywhere["id"])
        for column in self.written:
            column.heading = self.headings[column.column_name]
            is_indonesian = self.headings is everywhere["id"]
            column.written_as = column.heading if is_indonesian else column.column_name

    def name_of(self, heading):
        """The column's name for a heading of a file; an unknown heading as it was compared."""
        word = headings.folded(heading)
        return self.names_by_word.get(word, word)

    def rows_to_write(self, rows):
        """The cells of ``rows`` under the columns ``written``."""
        return [[column.export(row) for column in self.written] for row in rows]

    # For a noun to add to

    def check(self, instance):
        """A noun's own rules, those its admin form keeps. Raises ``ValidationError``."""

    def key(self, values):
        """What tells rows apart: the values of ``import_id_fields``, rows by their number."""
        return tuple(values)

    def with_related(self, rows):
        """``rows`` with what the columns (and, in a noun's own, its name) need."""
        one = [c for c in self.columns if c.root.is_relation and not isinstance(c, References)]
        joined = {"__".join(c.path if c.field.is_relation else c.path[:-1]) for c in one}
        lists = [c.attribute for c in self.columns if isinstance(c, References)]
        return rows.select_related(*joined).prefetch_related(*lists)

    # What columns ask

    def in_sight(self, model):
        rows = model._default_manager.all()
        return rows.visible_to(self.user) if isinstance(rows, ScopedQuerySet) else rows

    def recall(self, key, make):
        """What ``make`` gave the first time: read once for a whole file."""
        if key not in self._recalled:
            self._recalled[key] = make()
        return self._recalled[key]

    def rows_by(self, model, *paths):
        """The rows in sight by the values of ``paths``; foreign keys by their row's number."""
        return self.recall((model, paths), lambda: self._read_rows(model, paths))

    def _read_rows(self, model, paths):
        rows = self.recall((model, "rows"), self.in_sight(model).in_bulk)
        found = defaultdict(list)
        for pk, *values in self.in_sight(model).order_by().values_list("pk", *paths):
            found[tuple(values)].append(rows[pk])
        return dict(found)

    @cached_property
    def parts(self):
        """The columns that lead through a foreign key, by its name."""
        groups = defaultdict(list)
        for column in self.columns:
            if column.is_part:
                groups[column.path[0]].append(column)
        return dict(groups)

    # A whole file

    def load(self, table, *, write):
        """What ``table`` does to the list; done only with ``write`` and without any problem."""
        arranged = arrange(self, table)
        if arranged.is_hopeless:
            return Outcome(arranged.problems)
        self.examined = 0
        self.lines, self.seen, self.stored = arranged.lines, {}, self._read_stored()
        with transaction.atomic():
            result = self.import_data(arranged.dataset, retain_instance_in_row_result=True)
            outcome = Outcome.of(result, arranged)
            if not write or outcome.problems:
                transaction.set_rollback(True)
        return outcome

    def _read_stored(self):
        stored = defaultdict(list)
        for row in self.with_related(self.in_sight(self._meta.model)):
            key = self.key([comparable(column.get_value(row)) for column in self.keys])
            stored[key].append(row)
        return dict(stored)

    # What import_data() asks, in this order; ``rows_by`` and ``columns`` know ``self.row``

    @classmethod
    def field_from_django_field(cls, field_name, django_field, readonly):
        return column_for(django_field)

    @classmethod
    def get_row_result_class(cls):
        return RowOutcome

    def before_import_row(self, row, row_number=None, **kwargs):
        self.row = RowInHand(self, self.lines[row_number - 1])
        self.row.parse(row)

    def get_instance(self, instance_loader, row):
        key = self.row.key()
        if key is None:
            return None
        first = self.seen.setdefault(key, self.row.line)
        if first != self.row.line:
            words = {"first": first, "columns": ", ".join(c.heading for c in self.keys)}
            text = _("Row %(first)s has the same key already (%(columns)s).") % words
            self.row.refuse(self.keys[-1], text)
        found = self.stored.get(key, [])
        if len(found) > 1:
            text = _("%(count)s stored rows have this key. Change them one by one.")
            self.row.refuse(self.keys[-1], text % {"count": len(found)})
        return found[0] if found else None

    def import_instance(self, instance, row, **kwargs):
        self.row.assign(instance)
        if self.row.errors:
            raise ValidationError(self.row.errors)

    def skip_row(self, instance, original, row, import_validation_errors=None):
        is_stored = not instance._state.adding
        return is_stored and not self.row.changes and not import_validation_errors

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """As ``full_clean``, without asking what the database will say of a good row itself."""
        examined = Examination(self, instance, import_validation_errors)
        examined.of_cells()
        examined.of_row()
        if examined.errors and self._may_examine():
            examined.of_list()  # the row will not be written: what else is wrong with it?
        examined.finish()

    def do_instance_save(self, instance, is_create):
        """Only what changed is written, so that nobody else's change is undone."""
        changed = {self.by_name[change.column].path[0] for change in self.row.changes}
        try:
            with transaction.atomic():
                if is_create:
                    instance.save(force_insert=True)
                else:
                    instance.save(update_fields=changed - self.row.lists.keys())
                for name, rows in self.row.lists.items():
                    getattr(instance, name).set(rows)
        except (IntegrityError, InternalError, DataError) as error:
            self._explain(instance, error)

    def _explain(self, instance, error):
        """Every rule of the list that the row breaks; the database names only the first."""
        if self._may_examine():
            examined = Examination(self, instance)
            examined.of_list()
            examined.finish()
        raise ValidationError(self._refusal(error)) from error

    def _may_examine(self):
        """A file whose every row is wrong must not cost its thousands of queries."""
        self.examined += 1
        return self.examined <= MAX_EXAMINED

    def _refusal(self, error):
        """The constraint's own sentence; a trigger has none."""
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        for constraint in self._meta.model._meta.constraints:
            if constraint.name == name:
                return constraint.get_violation_error_message()
        logger.info("The database refused an imported row", exc_info=error)
        return _("What is on record already does not allow this row.")

    def save_m2m(self, instance, row, **kwargs):
        """Done with the row itself."""

    def after_import_row(self, row, row_result, **kwargs):
        row_result.changes = self.row.changes

    def after_import(self, dataset, result, **kwargs):
        """Rules that the database keeps for the end of a transaction speak now."""
        if not result.has_errors() and not result.has_validation_errors():
            with transaction.atomic():
                connections[self.get_db_connection_name()].check_constraints()
