"""What is wrong with one row, in the order in which a person can repair it."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class Examination:
    """``errors`` by column; rules over the whole row wait until each cell is right.

    Each group of rules adds to ``errors``. Those of the list cost queries, and the database
    keeps them anyway: they are asked only about rows that are refused already.
    """

    def __init__(self, sheet, instance, errors=None):
        self.sheet, self.instance = sheet, instance
        self.errors = {name: list(texts) for name, texts in (errors or {}).items()}
        known = sheet.by_name
        self._broken = {known[name].path[0] for name in self.errors if name in known}

    def of_cells(self):
        # A row that a column found is there; Django would ask the database once more.
        found = {c.path[0] for c in self.sheet.columns if c.root.is_relation}
        self._keep(lambda: self.instance.clean_fields(exclude=self._broken | found))

    def of_row(self):
        self._keep(lambda: self._broken or self.instance.clean())
        self._keep(lambda: self._broken or self.sheet.check(self.instance))

    def of_list(self):
        self._keep(lambda: self.instance.validate_unique(exclude=self._broken))
        self._keep(lambda: self.instance.validate_constraints(exclude=self._broken))

    def finish(self):
        if self.errors:
            raise ValidationError(self.errors)

    def _keep(self, rule):
        try:
            rule()
        except ValidationError as error:
            for name, texts in error.update_error_dict({}).items():
                self.errors.setdefault(self._column_of(name), []).extend(texts)
                self._broken |= {name} - {NON_FIELD_ERRORS}

    def _column_of(self, name):
        columns = self.sheet.columns
        names = [c.column_name for c in columns if name in (c.path[0], c.column_name)]
        return names[-1] if names else name
