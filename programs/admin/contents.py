"""The start of the admin: every list in the order of the work, not of the alphabet."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programs import models
from regencies import models as places

admin.site.contents = (
    (
        _("Cohorts and selection"),
        (
            models.Program,
            models.Cohort,
            models.StageDefinition,
            models.Requirement,
            models.BookDefinition,
            models.AssessmentCriterion,
            models.Letter,
            models.Candidacy,
            models.Participation,
        ),
    ),
    (
        _("MoU and bodies"),
        (
            models.Memorandum,
            models.LocalBody,
            models.Commitment,
            models.Institution,
            models.Partnership,
            models.Document,
        ),
    ),
    (_("Bimtek"), (models.BimtekStage, models.StageVersion, models.Transition)),
    (
        _("Masterplans and initiatives"),
        (
            models.Masterplan,
            models.LegalInstrument,
            models.Book,
            models.Initiative,
            models.YearPlan,
            models.ProgressClaim,
            models.Pillar,
        ),
    ),
    (_("Awards"), (models.AwardEvent, models.AwardCategory, models.Award)),
    (
        _("Evaluation"),
        (
            models.EvaluationScheme,
            models.EvaluationRound,
            models.Evaluation,
            models.Recommendation,
        ),
    ),
    (
        _("Sources and contradictions"),
        (models.Source, models.Statement, models.Contradiction),
    ),
    (
        _("Regions and agencies (OPD)"),
        (places.Province, places.Regency, places.Area, places.Agency, places.OfficeTerm),
    ),
    (_("People and access"), (places.User, places.Membership, places.ApiToken)),
)
