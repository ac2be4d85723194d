"""Triggers: what the database refuses, whoever asks and through whichever door."""

import pgtrigger

#: A stage's status changes only when its ledger row was written in the same transaction.
STATUS_MOVES_THROUGH_THE_LEDGER = pgtrigger.Trigger(
    name="status_moves_through_the_ledger",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__status__df=pgtrigger.F("new__status")),
    func="""
        IF NOT EXISTS (
            SELECT 1 FROM programs_transition t
            WHERE t.stage_id = NEW.id
              AND t.from_status = OLD.status
              AND t.to_status = NEW.status
              AND t.transaction = pg_current_xact_id()::text::bigint
        ) THEN
            RAISE EXCEPTION
                'status_moves_through_the_ledger: no ledger row takes stage % from % to %',
                OLD.id, OLD.status, NEW.status USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)

STAGE_STARTS_AS_DRAFT = pgtrigger.Trigger(
    name="stage_starts_as_draft",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Q(new__status__df="draft"),
    func="""
        RAISE EXCEPTION 'stage_starts_as_draft: a stage begins as draft, not as %', NEW.status
            USING ERRCODE = 'check_violation';
    """,
)

DUE_DATE_IS_FROZEN = pgtrigger.Protect(
    name="due_date_is_frozen",
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__due_on__isnull=False, old__due_on__df=pgtrigger.F("new__due_on")),
)

#: Sessions and drafts of outputs change only while the stage is in the regency's hands.
CONTENT_FOLLOWS_THE_STAGE = """
    IF EXISTS (
        SELECT 1 FROM programs_bimtekstage s
        WHERE s.id = {stage} AND s.status IN ('submitted', 'verified')
    ) THEN
        RAISE EXCEPTION 'stage_is_closed: the stage is submitted or verified'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""

SESSION_FOLLOWS_THE_STAGE = pgtrigger.Trigger(
    name="session_follows_the_stage",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=CONTENT_FOLLOWS_THE_STAGE.format(stage="COALESCE(NEW.stage_id, OLD.stage_id)"),
)

#: A version's row never changes, but for the one step that freezes it; a frozen one stays.
OUTPUT_VERSION_IS_FROZEN = pgtrigger.Protect(
    name="submitted_file_is_frozen",
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Q(old__frozen_in__isnull=False),
)

LEDGER_STAMPS_ITS_TRANSACTION = pgtrigger.Trigger(
    name="ledger_stamps_its_transaction",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="NEW.transaction = pg_current_xact_id()::text::bigint; RETURN NEW;",
)


def append_only(name: str) -> pgtrigger.Protect:
    """Rows that are written once and never changed or deleted."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)
