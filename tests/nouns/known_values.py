"""Texts that say something, and values the portal knows: one kind of rule for many nouns."""

from programs.models import Participation, Source
from tests.nouns import honours, papers, plans, statements

BLANK = "   "

BREAK = {
    "programs_signatory_office_not_blank": lambda w: papers.make_signatory(
        papers.make_memorandum(w.participation), office=BLANK
    ),
    "programs_bodymember_office_not_blank": lambda w: papers.make_member(
        papers.make_body(w.participation), office=BLANK
    ),
    "programs_commitmentsignatory_office_not_blank": lambda w: papers.make_commitment_signatory(
        papers.make_commitment(w.participation), office=BLANK
    ),
    "programs_institution_name_not_blank": lambda w: honours.make_institution(name=""),
    "programs_source_publisher_not_blank": lambda w: Source.objects.create(
        slug="s9", publisher=BLANK
    ),
    "programs_source_address_is_web": lambda w: Source.objects.create(
        publisher="Koran", address="javascript:alert(1)"
    ),
    "programs_statement_stated_not_blank": lambda w: statements.state(w.cohort, stated=BLANK),
    "programs_memorandum_state_known": lambda w: papers.make_memorandum(
        w.participation, state="hacked"
    ),
    "programs_signatory_side_known": lambda w: papers.make_signatory(
        papers.make_memorandum(w.participation), side="other"
    ),
    "programs_candidacy_decision_known": lambda w: type(
        papers.make_candidacy(w.regency, w.cohort)
    ).objects.update(decision="perhaps", decided_at="2018-01-01T00:00Z"),
    "programs_initiative_state_known": lambda w: type(
        plans.make_initiative(plans.make_plan(w.participation))
    ).objects.update(state="perhaps"),
    "programs_participation_status_known": lambda w: Participation.objects.update(
        status="perhaps", status_reason="x"
    ),
}
