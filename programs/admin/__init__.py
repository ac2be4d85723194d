from programs.admin.bimtek_stage import BimtekStageAdmin
from programs.admin.cohort import CohortAdmin
from programs.admin.ledger import StageVersionAdmin, TransitionAdmin
from programs.admin.participation import ParticipationAdmin
from programs.admin.program import ProgramAdmin
from programs.admin.source import SourceAdmin
from programs.admin.stage_definition import StageDefinitionAdmin

__all__ = [
    "BimtekStageAdmin",
    "CohortAdmin",
    "ParticipationAdmin",
    "ProgramAdmin",
    "SourceAdmin",
    "StageDefinitionAdmin",
    "StageVersionAdmin",
    "TransitionAdmin",
]
