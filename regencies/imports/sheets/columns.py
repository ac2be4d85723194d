"""The columns of a list: how a cell becomes a value, and a value a cell."""

import datetime as dt
import re
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from regencies.domain import numbers
from regencies.imports.sheets.cells import Unreadable

KEEP = object()  # what an empty cell gives where a field cannot be empty: stored value or default


class Column(Field):
    """A column named after its field; ``attribute`` may lead through a foreign key by ``__``.

    Every sheet has its own copies, which ``bind`` acquaints with the model.
    """

    hint = ""
    is_text = False  # a spreadsheet must not turn 33.10 into 33.1
    path = field = root = None
    heading = written_as = ""  # a sheet says what a file calls the column
    is_key = is_required = False

    def bind(self, model, name, *, is_key):
        self.column_name = self.column_name or name
        self.attribute = self.attribute or name
        self.path = self.attribute.split("__")
        self.root = model._meta.get_field(self.path[0])
        self.field = self.root
        for step in self.path[1:]:
            self.field = self.field.related_model._meta.get_field(step)
        self.is_key = is_key
        has_default = self.root.has_default() and not is_key
        self.is_required = not (self._may_be_empty or has_default)

    @property
    def is_part(self):
        """Whether it only helps to name the row that ``root`` refers to."""
        return len(self.path) > 1

    @property
    def _may_be_empty(self):
        return self.root.null or self.root.blank

    @property
    def label(self):
        return capfirst(self.field.verbose_name)

    @property
    def help_text(self):
        return "" if self.is_part else self.field.help_text

    @property
    def choices(self):
        return ()

    def parse(self, cell, sheet):
        """The value of a cell, or ``KEEP``. Raises ``ValidationError``."""
        if isinstance(cell, Unreadable):
            raise ValidationError(cell.text)
        if isinstance(cell, str):
            cell = cell.strip()
            if "\0" in cell:
                raise ValidationError(_("This text contains a character that is no letter."))
        if cell not in (None, ""):
            return self.read(cell, sheet)
        if self._may_be_empty:
            return self.empty
        if self.root.has_default() and not self.is_key:
            return KEEP
        raise ValidationError(_("Fill in this cell."))

    @property
    def empty(self):
        return None

    def read(self, cell, sheet):
        """The value of a cell that is not empty."""
        raise NotImplementedError

    def show(self, value):
        """The cell of a value, typed: text, number or date."""
        return value

    def same(self, stored, value):
        return stored == value

    def export(self, instance, **kwargs):
        value = self.get_value(instance)
        return None if value is None else self.show(value)

    def text_of(self, value):
        """A value in words, as its cell shows it."""
        return "" if value in (None, "") else str(self.show(value))


class Text(Column):
    is_text = True

    @property
    def hint(self):
        if not self.field.max_length:
            return _("Text.")
        return _("Text, at most %(count)s characters.") % {"count": self.field.max_length}

    @property
    def empty(self):
        return None if self.root.null else ""

    def read(self, cell, sheet):
        return text_of(cell)

    def same(self, stored, value):
        """Line ends and edges do not survive a spreadsheet; they alone are no change."""
        return _plain(stored) == _plain(value)

    def show(self, value):
        return ILLEGAL_CHARACTERS_RE.sub("", value)


class Words(Column):
    """Several words or names in one cell, apart by ``|`` or line ends."""

    is_text = True
    hint = gettext_lazy("Several are written apart by |.")

    @property
    def empty(self):
        return []

    def read(self, cell, sheet):
        return split(text_of(cell))

    def show(self, value):
        return " | ".join(value) or None

    def text_of(self, value):
        return self.show(value or []) or ""


class Choice(Column):
    """The stored value, or its label in any language of the portal."""

    is_text = True

    @property
    def choices(self):
        return [
            (value, label) for value, label in self.field.flatchoices if value not in ("", None)
        ]

    @property
    def empty(self):
        return None if self.root.null else ""

    def read(self, cell, sheet):
        values = sheet.recall(("choices", self.attribute), self._by_word)
        text = text_of(cell)
        if text.casefold() in values:
            return values[text.casefold()]
        allowed = ", ".join(str(label) for _value, label in self.choices)
        raise ValidationError(
            _("“%(text)s” is not one of: %(allowed)s.") % {"text": text[:80], "allowed": allowed}
        )

    def _by_word(self):
        words = {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                words |= {str(label).casefold(): value for value, label in self.choices}
        return words | {str(value).casefold(): value for value, _label in self.choices}


class YesNo(Column):
    hint = gettext_lazy("ya or tidak (also yes, no, true, false, 1, 0).")
    words = {
        "ya": True, "yes": True, "true": True, "benar": True, "1": True,
        "tidak": False, "no": False, "false": False, "salah": False, "0": False,
    }  # fmt: skip

    @property
    def choices(self):
        return [("ya", _("Yes")), ("tidak", _("No"))]

    def read(self, cell, sheet):
        text = text_of(cell).casefold()
        if text not in self.words:
            raise ValidationError(_("Write ya or tidak."))
        return self.words[text]

    def show(self, value):
        return "ya" if value else "tidak"


class Day(Column):
    hint = gettext_lazy("A date such as 2018-05-14 or 14/05/2018.")
    _iso = re.compile(
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII
    )
    _local = re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})", re.ASCII)

    def read(self, cell, sheet):
        if isinstance(cell, dt.datetime) and cell.time() == dt.time():
            return cell.date()
        if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
            return cell
        text = cell if isinstance(cell, str) else ""
        match = self._iso.fullmatch(text) or self._local.fullmatch(text)
        try:
            return dt.date(*(int(match[part]) for part in "ymd"))
        except (TypeError, ValueError) as error:
            raise ValidationError(
                _("This is not a date. Write it as 2018-05-14 or 14/05/2018.")
            ) from error


class Moment(Column):
    """A day and time, in the portal's own zone and saying so. Only for lists that leave."""

    is_text = True

    def show(self, value):
        return timezone.localtime(value).isoformat(sep=" ", timespec="seconds")


class Number(Column):
    """Money and measures: exact, never through a binary fraction."""

    hint = gettext_lazy("A plain number such as 1500000 or 7.5, without Rp and dots between.")

    def read(self, cell, sheet):
        if isinstance(cell, float):
            cell = format(Decimal(f"{cell:.15g}"), "f")  # what Excel itself shows and keeps
        number = numbers.exact(text_of(cell))
        if number is None:
            raise ValidationError(
                _("Write a plain number, for example 1500000 or 7.5, without Rp and dots between.")
            )
        return number


class Whole(Column):
    hint = gettext_lazy("A whole number.")

    def read(self, cell, sheet):
        number = numbers.whole(text_of(cell))
        if number is None:
            raise ValidationError(_("Write a whole number."))
        return number


def text_of(cell):
    """A cell as text, the way the spreadsheet shows it."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell).strip()


def split(text):
    """The names in a cell, each once."""
    names = [name.strip() for name in re.split(r"[\n|]", text)]
    return [name for name in dict.fromkeys(names) if name]


def _plain(text):
    if text is None:
        return None
    lines = ILLEGAL_CHARACTERS_RE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return lines.strip()
