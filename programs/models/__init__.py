from programs.models.assignment import Assignment
from programs.models.award import Award, AwardCategory, AwardEvent, AwardKind
from programs.models.bimtek import BimtekStage, StageStatus
from programs.models.body import BodyKind, BodyMember, BodyRole, LocalBody
from programs.models.book import Book, BookDefinition, BookSection, SectionDefinition
from programs.models.candidacy import AssessmentCriterion, AssessorScore, Candidacy, Decision
from programs.models.claim import ProgressClaim
from programs.models.cohort import Cohort, Requirement, StageDefinition
from programs.models.commitment import Commitment, CommitmentSignatory
from programs.models.document import Document
from programs.models.evaluation import (
    ComponentScore,
    Evaluation,
    EvaluationRound,
    Phase,
    PillarScore,
    Scorer,
)
from programs.models.initiative import Horizon, Initiative, InitiativeState, SupportingAgency
from programs.models.institution import Institution, Partnership
from programs.models.letter import Letter, LetterKind
from programs.models.masterplan import LegalForm, LegalInstrument, Masterplan
from programs.models.memorandum import Memorandum, MemorandumState, Side, Signatory
from programs.models.output import Output, OutputVersion
from programs.models.participation import Entry, Participation, ParticipationStatus
from programs.models.pillar import Pillar, PillarAlias, SubDimension
from programs.models.program import Program
from programs.models.publication import Publication
from programs.models.recommendation import FollowUp, Recommendation
from programs.models.scheme import EvaluationComponent, EvaluationScheme
from programs.models.session import Mode, Session
from programs.models.source import Source, SourceKind
from programs.models.statement import Contradiction, Statement, Weekday
from programs.models.transition import Transition
from programs.models.version import StageVersion
from programs.models.year_plan import FundSource, YearPlan

__all__ = [
    "AssessmentCriterion",
    "AssessorScore",
    "Assignment",
    "Award",
    "AwardCategory",
    "AwardEvent",
    "AwardKind",
    "BimtekStage",
    "BodyKind",
    "BodyMember",
    "BodyRole",
    "Book",
    "BookDefinition",
    "BookSection",
    "Candidacy",
    "Cohort",
    "Commitment",
    "CommitmentSignatory",
    "ComponentScore",
    "Contradiction",
    "Decision",
    "Document",
    "Entry",
    "Evaluation",
    "EvaluationComponent",
    "EvaluationRound",
    "EvaluationScheme",
    "FollowUp",
    "FundSource",
    "Horizon",
    "Initiative",
    "InitiativeState",
    "Institution",
    "LegalForm",
    "LegalInstrument",
    "Letter",
    "LetterKind",
    "LocalBody",
    "Masterplan",
    "Memorandum",
    "MemorandumState",
    "Mode",
    "Output",
    "OutputVersion",
    "Participation",
    "ParticipationStatus",
    "Partnership",
    "Phase",
    "Pillar",
    "PillarAlias",
    "PillarScore",
    "Program",
    "ProgressClaim",
    "Publication",
    "Recommendation",
    "Requirement",
    "Scorer",
    "SectionDefinition",
    "Session",
    "Side",
    "Signatory",
    "Source",
    "SourceKind",
    "StageDefinition",
    "StageStatus",
    "StageVersion",
    "Statement",
    "SubDimension",
    "SupportingAgency",
    "Transition",
    "Weekday",
    "YearPlan",
]
