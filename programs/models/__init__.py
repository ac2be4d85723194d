from programs.models.assignment import Assignment
from programs.models.bimtek import BimtekStage, StageStatus
from programs.models.cohort import Cohort, Requirement, StageDefinition
from programs.models.output import Output, OutputVersion
from programs.models.participation import Entry, Participation, ParticipationStatus
from programs.models.program import Program
from programs.models.publication import Publication
from programs.models.session import Mode, Session
from programs.models.source import Source
from programs.models.transition import Transition
from programs.models.version import StageVersion

__all__ = [
    "Assignment",
    "BimtekStage",
    "Cohort",
    "Entry",
    "Mode",
    "Output",
    "OutputVersion",
    "Participation",
    "ParticipationStatus",
    "Program",
    "Publication",
    "Requirement",
    "Session",
    "Source",
    "StageDefinition",
    "StageStatus",
    "StageVersion",
    "Transition",
]
