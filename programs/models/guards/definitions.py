"""Definitions: data per cohort or scheme, free until published, then frozen for good."""

import pgtrigger

from programs.models.guards.building import REFUSE, frozen_once, holds_if, keeps

COHORT = {"table": "programs_cohort", "published": "definitions_published_at"}
SCHEME = {"table": "programs_evaluationscheme", "published": "published_at"}
OWN_COHORT = "NEW.cohort_id, OLD.cohort_id"

DEFINITIONS_STAY_PUBLISHED = keeps(
    "definitions_stay_published",
    "id",
    "definitions_published_at",
    "definitions_published_by_id",
    once=pgtrigger.Q(old__definitions_published_at__isnull=False),
)
PUBLISHED_COHORT_STAYS = pgtrigger.Protect(
    name="published_cohort_stays",
    operation=pgtrigger.Delete,
    condition=pgtrigger.Q(old__definitions_published_at__isnull=False),
)
#: What follows a definition was made for its cohort.
STAGE_DEFINITION_STAYS = keeps("stage_definition_stays", "cohort_id")
REQUIREMENT_STAYS = keeps("requirement_stays", "definition_id")
BOOK_DEFINITION_STAYS = keeps("book_definition_stays", "cohort_id")
SECTION_DEFINITION_STAYS = keeps("section_definition_stays", "book_id")
CRITERION_STAYS = keeps("criterion_stays", "cohort_id")
CRITERION_HOLDS_ITS_SCORES = pgtrigger.Trigger(
    name="criterion_holds_its_scores",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__highest_score__df=pgtrigger.F("new__highest_score")),
    func=f"""
        IF EXISTS (
            SELECT 1 FROM programs_assessorscore s
            WHERE s.criterion_id = NEW.id AND s.score > NEW.highest_score
        ) THEN
            {REFUSE.format(name="criterion_holds_its_scores", words="a score is beyond it")}
        END IF;
        RETURN NEW;
    """,
)
STAGE_DEFINITION_IS_FROZEN = frozen_once("stage_definition_is_frozen", ids=OWN_COHORT, **COHORT)
CRITERION_IS_FROZEN = frozen_once("criterion_is_frozen", ids=OWN_COHORT, **COHORT)
BOOK_DEFINITION_IS_FROZEN = frozen_once("book_definition_is_frozen", ids=OWN_COHORT, **COHORT)
REQUIREMENT_IS_FROZEN = frozen_once(
    "requirement_is_frozen",
    ids="SELECT d.cohort_id FROM programs_stagedefinition d"
    " WHERE d.id IN (NEW.definition_id, OLD.definition_id)",
    **COHORT,
)
SECTION_DEFINITION_IS_FROZEN = frozen_once(
    "section_definition_is_frozen",
    ids="SELECT d.cohort_id FROM programs_bookdefinition d"
    " WHERE d.id IN (NEW.book_id, OLD.book_id)",
    **COHORT,
)

SCHEME_IS_FROZEN = pgtrigger.Protect(
    name="scheme_is_frozen",
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Q(old__published_at__isnull=False),
)
WEIGHTS_SUM_TO_100 = pgtrigger.Trigger(
    name="weights_sum_to_100",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__published_at__isnull=False),
    func=f"""
        IF (SELECT sum(c.weight) FROM programs_evaluationcomponent c WHERE c.scheme_id = NEW.id)
            IS DISTINCT FROM 100
        THEN
            {REFUSE.format(name="weights_sum_to_100", words="the weights do not make 100")}
        END IF;
        RETURN NEW;
    """,
)
COMPONENT_IS_FROZEN = frozen_once(
    "component_is_frozen", ids="NEW.scheme_id, OLD.scheme_id", **SCHEME
)
ROUND_KEEPS_ITS_SCHEME = pgtrigger.Trigger(
    name="round_keeps_its_scheme",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__scheme_id__df=pgtrigger.F("new__scheme_id")),
    func=f"""
        IF EXISTS (
            SELECT 1 FROM programs_componentscore s JOIN programs_evaluation e
                ON e.id = s.evaluation_id WHERE e.round_id = NEW.id
        ) OR EXISTS (
            SELECT 1 FROM programs_pillarscore s JOIN programs_evaluation e
                ON e.id = s.evaluation_id WHERE e.round_id = NEW.id
        ) THEN
            {REFUSE.format(name="round_keeps_its_scheme", words="scores follow this scheme")}
        END IF;
        RETURN NEW;
    """,
)
ROUND_OF_THE_EVALUATION = (
    "SELECT e.round_id FROM programs_evaluation e WHERE e.id = NEW.evaluation_id"
)
EVALUATION_STAYS = keeps("evaluation_stays", "regency_id", "round_id")
COMPONENT_SCORE_FITS = holds_if(
    "component_score_fits",
    """
    SELECT c.scheme_id = r.scheme_id AND s.published_at IS NOT NULL
        AND NEW.score <= s.highest_score
    FROM programs_evaluation e
    JOIN programs_evaluationround r ON r.id = e.round_id
    JOIN programs_evaluationscheme s ON s.id = r.scheme_id
    JOIN programs_evaluationcomponent c ON c.id = NEW.component_id
    WHERE e.id = NEW.evaluation_id
    """,
    "not a component of the published scheme of the round, or beyond its highest score",
    beside={"programs_evaluationround": ROUND_OF_THE_EVALUATION},
)
PILLAR_SCORE_FITS = holds_if(
    "pillar_score_fits",
    """
    SELECT s.published_at IS NOT NULL AND NEW.score <= s.highest_score
    FROM programs_evaluation e
    JOIN programs_evaluationround r ON r.id = e.round_id
    JOIN programs_evaluationscheme s ON s.id = r.scheme_id
    WHERE e.id = NEW.evaluation_id
    """,
    "the scheme of the round is not published, or the score is beyond its highest",
    beside={"programs_evaluationround": ROUND_OF_THE_EVALUATION},
)
