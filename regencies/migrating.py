"""What migrations of both apps share."""

from django.db.migrations.operations.base import Operation


class CreateTogether(Operation):
    """Creates many models, and the triggers they carry, in one step.

    After each operation of its own Django renders every related model anew; for eighty models
    with their triggers that takes most of a minute, in each test database too.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations):
        self.operations = operations  # CreateModel, each after those it refers to

    def deconstruct(self):
        return type(self).__name__, [], {"operations": self.operations}

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # what is not rendered is not rendered anew
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)
            for trigger in operation.options.get("triggers", []):
                # The text is complete: without params nothing in it is taken for a placeholder.
                schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Create {len(self.operations)} models"
