"""The shapes that the portal's triggers share."""

import pgtrigger

REFUSE = "RAISE EXCEPTION '{name}: {words}' USING ERRCODE = 'check_violation';"


def append_only(name: str) -> pgtrigger.Protect:
    """Rows that are written once and never changed or deleted."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


def keeps(name: str, *fields: str, once: pgtrigger.Q | None = None) -> pgtrigger.Protect:
    """Columns that never change; with ``once``, from the moment that condition holds."""
    changed = pgtrigger.Q(**{f"old__{fields[0]}__df": pgtrigger.F(f"new__{fields[0]}")})
    for field in fields[1:]:
        changed |= pgtrigger.Q(**{f"old__{field}__df": pgtrigger.F(f"new__{field}")})
    condition = once & changed if once else changed
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update, condition=condition)


def holds_if(
    name: str, sql: str, words: str, *, beside: dict[str, str] | None = None
) -> pgtrigger.Trigger:
    """A new or changed row for which the SQL condition is not true is refused.

    ``beside``: the rows the condition reads, as table and SQL for the id. They are locked
    first, so that nobody changes them in the meantime.
    """
    locks = "".join(
        f"PERFORM 1 FROM {table} l WHERE l.id = ({row_id}) FOR SHARE;\n"
        for table, row_id in (beside or {}).items()
    )
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            {locks}
            IF ({sql}) IS NOT TRUE THEN
                {REFUSE.format(name=name, words=words)}
            END IF;
            RETURN NEW;
        """,
    )


def frozen_once(name: str, *, table: str, ids: str, published: str) -> pgtrigger.Trigger:
    """Rows that stand still once the row above them is published.

    ``ids``: SQL for the ids of the old and the new row's parent in ``table``. The parent is
    locked, so that nobody publishes it while somebody edits below.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            PERFORM 1 FROM {table} p WHERE p.id IN ({ids}) FOR SHARE;
            IF EXISTS (
                SELECT 1 FROM {table} p WHERE p.id IN ({ids}) AND p.{published} IS NOT NULL
            ) THEN
                {REFUSE.format(name=name, words="published definitions stay as they are")}
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


def at_commit(
    name: str, *, parent: str, row_id: str, broken: str, words: str, on: pgtrigger.Operation
) -> pgtrigger.Trigger:
    """A rule over a row and its children, checked when the transaction ends.

    ``row_id``: SQL for the id of the row of ``parent`` that the rule is about. It is locked
    first, so two transactions cannot break the rule together. ``broken``: SQL that finds the
    rows breaking it, in the columns of ``p``.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=on,
        timing=pgtrigger.Deferred,
        func=f"""
            PERFORM 1 FROM {parent} p WHERE p.id = ({row_id}) FOR NO KEY UPDATE;
            IF EXISTS (SELECT 1 FROM {parent} p WHERE p.id = ({row_id}) AND ({broken})) THEN
                {REFUSE.format(name=name, words=words)}
            END IF;
            RETURN NULL;
        """,
    )
