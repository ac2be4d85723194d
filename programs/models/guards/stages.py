"""Stages: their ledger, their submitted versions and files."""

import pgtrigger

#: A stage's status and publication change only with their ledger line: the stage's newest,
#: written in the same transaction, saying from where to where and by the one who signs.
MOVES_THROUGH_THE_LEDGER = pgtrigger.Trigger(
    name="stage_moves_through_the_ledger",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__status__df=pgtrigger.F("new__status"))
    | pgtrigger.Q(old__publication__df=pgtrigger.F("new__publication")),
    declare=[("line", "programs_transition")],
    func="""
        SELECT * INTO line FROM programs_transition t
            WHERE t.stage_id = NEW.id ORDER BY t.id DESC LIMIT 1;
        IF line.id IS NULL
            OR line.transaction <> pg_current_xact_id()::text::bigint
            OR line.from_status <> OLD.status
            OR line.to_status <> NEW.status
            OR (OLD.publication <> NEW.publication AND line.verb <>
                CASE NEW.publication WHEN 'public' THEN 'publish' ELSE 'unpublish' END)
            OR (line.verb = 'submit' AND NEW.submitted_by_id IS DISTINCT FROM line.actor_id)
            OR (line.verb = 'verify' AND NEW.verified_by_id IS DISTINCT FROM line.actor_id)
        THEN
            RAISE EXCEPTION
                'stage_moves_through_the_ledger: no ledger line takes stage % from % to %',
                OLD.id, OLD.status, NEW.status USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)

STAGE_STARTS_AS_DRAFT = pgtrigger.Trigger(
    name="stage_starts_as_draft",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Q(new__status__df="draft") | pgtrigger.Q(new__publication__df="internal"),
    func="""
        RAISE EXCEPTION 'stage_starts_as_draft: a stage begins as internal draft, not as %, %',
            NEW.status, NEW.publication USING ERRCODE = 'check_violation';
    """,
)

DUE_DATE_IS_FROZEN = pgtrigger.Protect(
    name="due_date_is_frozen",
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__due_on__isnull=False, old__due_on__df=pgtrigger.F("new__due_on")),
)

STAGE_STAYS_IN_ITS_PLACE = pgtrigger.Protect(
    name="stage_stays_in_its_place",
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__participation_id__df=pgtrigger.F("new__participation_id"))
    | pgtrigger.Q(old__definition_id__df=pgtrigger.F("new__definition_id")),
)

#: What was submitted and by whom stays as it is while the stage is submitted or verified.
CLOSED_STAGE_IS_FROZEN = pgtrigger.Protect(
    name="closed_stage_is_frozen",
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__status__in=["submitted", "verified"])
    & pgtrigger.Q(new__status__in=["submitted", "verified"])
    & (
        pgtrigger.Q(old__notes__df=pgtrigger.F("new__notes"))
        | pgtrigger.Q(old__submitted_by_id__df=pgtrigger.F("new__submitted_by_id"))
        | pgtrigger.Q(old__submitted_at__df=pgtrigger.F("new__submitted_at"))
    ),
)
VERIFICATION_IS_FROZEN = pgtrigger.Protect(
    name="verification_is_frozen",
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__status="verified")
    & (
        pgtrigger.Q(old__verified_by_id__df=pgtrigger.F("new__verified_by_id"))
        | pgtrigger.Q(old__verified_at__df=pgtrigger.F("new__verified_at"))
        | pgtrigger.Q(old__return_reason__df=pgtrigger.F("new__return_reason"))
    ),
)

#: A participation with its stages stays with its region and cohort.
PARTICIPATION_STAYS = pgtrigger.Protect(
    name="participation_stays",
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__regency_id__df=pgtrigger.F("new__regency_id"))
    | pgtrigger.Q(old__cohort_id__df=pgtrigger.F("new__cohort_id")),
)


def follows_the_stage(name: str, *, stages: str) -> pgtrigger.Trigger:
    """Rows that change only while their stage is in the regency's hands.

    ``stages``: SQL for the ids of the old and the new row's stage; an absent one is NULL.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF EXISTS (
                SELECT 1 FROM programs_bimtekstage s
                WHERE s.id IN ({stages}) AND s.status IN ('submitted', 'verified')
            ) THEN
                RAISE EXCEPTION '{name}: the stage is submitted or verified'
                    USING ERRCODE = 'check_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


SESSION_FOLLOWS_THE_STAGE = follows_the_stage(
    "session_follows_the_stage", stages="NEW.stage_id, OLD.stage_id"
)
OUTPUT_FOLLOWS_THE_STAGE = follows_the_stage(
    "output_follows_the_stage", stages="NEW.stage_id, OLD.stage_id"
)
FILE_FOLLOWS_THE_STAGE = follows_the_stage(
    "file_follows_the_stage",
    stages="SELECT o.stage_id FROM programs_output o WHERE o.id IN (NEW.output_id, OLD.output_id)",
)

#: An uploaded file's row never changes, but for the one step that freezes it.
FILE_NEVER_CHANGES = pgtrigger.Protect(
    name="file_never_changes",
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__frozen_in__isnull=False)
    | pgtrigger.Q(old__output_id__df=pgtrigger.F("new__output_id"))
    | pgtrigger.Q(old__number__df=pgtrigger.F("new__number"))
    | pgtrigger.Q(old__file__df=pgtrigger.F("new__file"))
    | pgtrigger.Q(old__sha256__df=pgtrigger.F("new__sha256"))
    | pgtrigger.Q(old__size__df=pgtrigger.F("new__size"))
    | pgtrigger.Q(old__content_type__df=pgtrigger.F("new__content_type"))
    | pgtrigger.Q(old__original_name__df=pgtrigger.F("new__original_name"))
    | pgtrigger.Q(old__uploaded_by_id__df=pgtrigger.F("new__uploaded_by_id"))
    | pgtrigger.Q(old__note__df=pgtrigger.F("new__note")),
)
FILE_IS_FROZEN_IN_ITS_OWN_STAGE = pgtrigger.Trigger(
    name="file_is_frozen_in_its_own_stage",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__frozen_in__isnull=False),
    func="""
        IF NOT EXISTS (
            SELECT 1 FROM programs_stageversion v JOIN programs_output o ON o.stage_id = v.stage_id
            WHERE v.id = NEW.frozen_in_id AND o.id = NEW.output_id
        ) THEN
            RAISE EXCEPTION 'file_is_frozen_in_its_own_stage' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)
SUBMITTED_FILE_STAYS = pgtrigger.Protect(
    name="submitted_file_stays",
    operation=pgtrigger.Delete,
    condition=pgtrigger.Q(old__frozen_in__isnull=False),
)

#: Versions are written while the stage is handed in, never afterwards.
VERSION_BELONGS_TO_A_SUBMISSION = pgtrigger.Trigger(
    name="version_belongs_to_a_submission",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
        IF EXISTS (
            SELECT 1 FROM programs_bimtekstage s
            WHERE s.id = NEW.stage_id AND s.status IN ('submitted', 'verified')
        ) THEN
            RAISE EXCEPTION 'version_belongs_to_a_submission: the stage is submitted or verified'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)

#: A line starts where the stage stands, speaks of the stage's own version, and gets its time mark.
LEDGER_LINE_FITS_ITS_STAGE = pgtrigger.Trigger(
    name="ledger_line_fits_its_stage",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
        IF NOT EXISTS (
            SELECT 1 FROM programs_bimtekstage s
            WHERE s.id = NEW.stage_id AND s.status = NEW.from_status
        ) OR (NEW.version_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM programs_stageversion v
            WHERE v.id = NEW.version_id AND v.stage_id = NEW.stage_id
        )) THEN
            RAISE EXCEPTION 'ledger_line_fits_its_stage' USING ERRCODE = 'check_violation';
        END IF;
        NEW.transaction = pg_current_xact_id()::text::bigint;
        RETURN NEW;
    """,
)

#: At commit the stage stands where its newest line says: no line without its deed.
LEDGER_LINE_IS_DONE = pgtrigger.Trigger(
    name="ledger_line_is_done",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func="""
        IF (SELECT s.status FROM programs_bimtekstage s WHERE s.id = NEW.stage_id) <>
           (SELECT t.to_status FROM programs_transition t
            WHERE t.stage_id = NEW.stage_id ORDER BY t.id DESC LIMIT 1)
        THEN
            RAISE EXCEPTION 'ledger_line_is_done: stage % did not move', NEW.stage_id
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    """,
)
