"""Papers, candidacies, agreements, plans and claims: what must fit together, and what stays."""

import pgtrigger

from programs.models.guards.building import at_commit, frozen_once, holds_if, keeps

DOCUMENT_NEVER_CHANGES = keeps(
    "document_never_changes",
    "file",
    "original_name",
    "content_type",
    "size",
    "sha256",
    "uploaded_at",
    "uploaded_by_id",
)
DOCUMENT_STAYS = pgtrigger.Protect(name="document_stays", operation=pgtrigger.Delete)

CANDIDACY_STAYS = keeps("candidacy_stays", "regency_id", "cohort_id")
CANDIDACY_STARTS_OPEN = holds_if(
    "candidacy_starts_open",
    "TG_OP = 'UPDATE' OR (NEW.decision = '' AND NEW.released_at IS NULL)",
    "a candidacy begins undecided",
)
RELEASED = pgtrigger.Q(old__released_at__isnull=False)
RELEASE_STAYS = keeps("release_stays", "id", "released_at", "released_by_id", once=RELEASED)
#: What was told to a region stays told; only striking off may follow ("bakal dicoret", S2).
RELEASED_DECISION_IS_FROZEN = keeps(
    "released_decision_is_frozen",
    "decision",
    "reason",
    "decided_at",
    "decided_by_id",
    once=RELEASED
    & (pgtrigger.Q(old__decision="struck_off") | ~pgtrigger.Q(new__decision="struck_off")),
)
RELEASED_CANDIDACY_STAYS = pgtrigger.Protect(
    name="released_candidacy_stays", operation=pgtrigger.Delete, condition=RELEASED
)
SCORES_STAY_AFTER_RELEASE = frozen_once(
    "scores_stay_after_release",
    table="programs_candidacy",
    ids="NEW.candidacy_id, OLD.candidacy_id",
    published="released_at",
)
SCORE_FITS_ITS_CRITERION = holds_if(
    "score_fits_its_criterion",
    """
    SELECT c.cohort_id = k.cohort_id AND NEW.score <= k.highest_score
    FROM programs_candidacy c, programs_assessmentcriterion k
    WHERE c.id = NEW.candidacy_id AND k.id = NEW.criterion_id
    """,
    "not a criterion of the cohort, or beyond its highest score",
    beside={"programs_assessmentcriterion": "NEW.criterion_id"},
)

BOTH_SIDES_MISSING = """
    p.state = 'signed' AND (
        NOT EXISTS (SELECT 1 FROM programs_signatory s
                    WHERE s.memorandum_id = p.id AND s.side = 'ministry')
        OR NOT EXISTS (SELECT 1 FROM programs_signatory s
                       WHERE s.memorandum_id = p.id AND s.side = 'region')
    )
"""
SIGNED_HAS_BOTH_SIDES = at_commit(
    "signed_has_both_sides",
    parent="programs_memorandum",
    row_id="NEW.id",
    broken=BOTH_SIDES_MISSING,
    words="a signed MoU has a signatory on each side",
    on=pgtrigger.Insert | pgtrigger.Update,
)
SIGNATORIES_STAY_COMPLETE = at_commit(
    "signatories_stay_complete",
    parent="programs_memorandum",
    row_id="OLD.memorandum_id",
    broken=BOTH_SIDES_MISSING,
    words="a signed MoU has a signatory on each side",
    on=pgtrigger.Update | pgtrigger.Delete,
)

PLAN_STAYS = keeps("plan_stays", "participation_id", "area_id", "cohort_id")
BOOK_FITS_ITS_COHORT = holds_if(
    "book_fits_its_cohort",
    """
    SELECT d.cohort_id = coalesce(p.cohort_id, m.cohort_id)
    FROM programs_bookdefinition d, programs_masterplan m
    LEFT JOIN programs_participation p ON p.id = m.participation_id
    WHERE d.id = NEW.definition_id AND m.id = NEW.masterplan_id
    """,
    "not a book of the cohort of this masterplan",
    beside={"programs_bookdefinition": "NEW.definition_id"},
)
SECTION_FITS_ITS_BOOK = holds_if(
    "section_fits_its_book",
    """
    SELECT d.book_id = b.definition_id FROM programs_sectiondefinition d, programs_book b
    WHERE d.id = NEW.definition_id AND b.id = NEW.book_id
    """,
    "not a section of this book",
    beside={"programs_sectiondefinition": "NEW.definition_id", "programs_book": "NEW.book_id"},
)

OUTSIDE_THE_PERIOD = r"""
    EXISTS (
        SELECT 1 FROM programs_initiative i JOIN programs_yearplan y ON y.initiative_id = i.id
        WHERE i.masterplan_id = p.id AND i.is_quick_win AND i.outside_period_reason !~ '\S'
            AND (y.year < p.first_year OR y.year > p.last_year)
    )
"""
PERIOD = {
    "parent": "programs_masterplan",
    "broken": OUTSIDE_THE_PERIOD,
    "words": "a quick win has years outside the period of its masterplan, unexplained",
    "on": pgtrigger.Insert | pgtrigger.Update,
}
PERIOD_HOLDS_QUICK_WINS = at_commit("period_holds_quick_wins", row_id="NEW.id", **PERIOD)
QUICK_WIN_STAYS_IN_PERIOD = at_commit(
    "quick_win_stays_in_period", row_id="NEW.masterplan_id", **PERIOD
)
YEAR_STAYS_IN_PERIOD = at_commit(
    "year_stays_in_period",
    row_id="SELECT i.masterplan_id FROM programs_initiative i WHERE i.id = NEW.initiative_id",
    **PERIOD,
)

OF_THE_REGION = """
    SELECT a.regency_id = p.regency_id OR EXISTS (
        SELECT 1 FROM regencies_area_regencies r
        WHERE r.area_id = m.area_id AND r.regency_id = a.regency_id
    )
    FROM regencies_agency a, programs_masterplan m
    LEFT JOIN programs_participation p ON p.id = m.participation_id
"""
INITIATIVE_STAYS = keeps("initiative_stays", "masterplan_id")
INITIATIVE_FITS_ITS_PLACE = holds_if(
    "initiative_fits_its_place",
    f"""
    (NEW.lead_agency_id IS NULL OR ({OF_THE_REGION}
        WHERE a.id = NEW.lead_agency_id AND m.id = NEW.masterplan_id))
    AND (NEW.sub_dimension_id IS NULL OR (
        SELECT d.pillar_id = NEW.pillar_id FROM programs_subdimension d
        WHERE d.id = NEW.sub_dimension_id))
    """,
    "the agency is of another region, or the sub-dimension of another pillar",
    beside={
        "regencies_agency": "NEW.lead_agency_id",
        "programs_subdimension": "NEW.sub_dimension_id",
    },
)
SUPPORT_COMES_FROM_THE_REGION = holds_if(
    "support_comes_from_the_region",
    f"""
    {OF_THE_REGION} JOIN programs_initiative i ON i.masterplan_id = m.id
        WHERE a.id = NEW.agency_id AND i.id = NEW.initiative_id
    """,
    "the agency is of another region",
    beside={"regencies_agency": "NEW.agency_id"},
)

DECIDED = pgtrigger.Q(old__verified_at__isnull=False) | pgtrigger.Q(old__refused_at__isnull=False)
CLAIM_NEVER_CHANGES = pgtrigger.Protect(
    name="claim_never_changes",
    operation=pgtrigger.Update,
    condition=DECIDED
    | pgtrigger.Q(old__id__df=pgtrigger.F("new__id"))
    | pgtrigger.Q(old__initiative_id__df=pgtrigger.F("new__initiative_id"))
    | pgtrigger.Q(old__percent__df=pgtrigger.F("new__percent"))
    | pgtrigger.Q(old__as_of__df=pgtrigger.F("new__as_of"))
    | pgtrigger.Q(old__note__df=pgtrigger.F("new__note"))
    | pgtrigger.Q(old__evidence_id__df=pgtrigger.F("new__evidence_id"))
    | pgtrigger.Q(old__claimed_at__df=pgtrigger.F("new__claimed_at"))
    | pgtrigger.Q(old__claimed_by_id__df=pgtrigger.F("new__claimed_by_id")),
)
CLAIM_STAYS = pgtrigger.Protect(name="claim_stays", operation=pgtrigger.Delete)
CLAIM_STARTS_OPEN = holds_if(
    "claim_starts_open",
    "TG_OP = 'UPDATE' OR (NEW.verified_at IS NULL AND NEW.refused_at IS NULL)",
    "a claim begins unverified",
)

#: Only whether the public reads it may still change.
CLOSED_RECOMMENDATION_IS_FROZEN = keeps(
    "closed_recommendation_is_frozen",
    "id",
    "evaluation_id",
    "position",
    "text",
    "agency_id",
    "due_on",
    "closed_at",
    "closed_by_id",
    "closing_note",
    once=pgtrigger.Q(old__closed_at__isnull=False),
)
CLOSED_RECOMMENDATION_STAYS = pgtrigger.Protect(
    name="closed_recommendation_stays",
    operation=pgtrigger.Delete,
    condition=pgtrigger.Q(old__closed_at__isnull=False),
)
FOLLOW_UP_IS_OPEN = holds_if(
    "follow_up_is_open",
    "SELECT r.closed_at IS NULL FROM programs_recommendation r WHERE r.id = NEW.recommendation_id",
    "the recommendation is closed",
    beside={"programs_recommendation": "NEW.recommendation_id"},
)
