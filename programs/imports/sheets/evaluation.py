from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs.models import (
    Evaluation,
    EvaluationRound,
    EvaluationScheme,
    Recommendation,
)
from regencies.imports.sheets.columns import Choice, Whole
from regencies.imports.sheets.references import Place, Reference
from regencies.imports.sheets.sheet import Sheet


class EvaluationSchemeSheet(Sheet):
    """Schemes without their components: weights are weighed together, on the scheme's page."""

    class Meta:
        model = EvaluationScheme
        fields = ["slug", "name", "highest_score", "note"]
        import_id_fields = ["slug"]

    def check(self, scheme):
        if scheme.published_at:
            raise ValidationError(_("This scheme is published: it stays as it is."))


class EvaluationRoundSheet(Sheet):
    letter = Reference(by=("number_as_printed",))

    class Meta:
        model = EvaluationRound
        fields = ["year", "phase", "scheme", "starts_on", "ends_on", "place", "letter", "note"]
        import_id_fields = ["year", "phase"]

    def check(self, held):
        is_scored = held.pk and held.evaluations.filter(component_scores__isnull=False).exists()
        if is_scored and "scheme" in {change.column for change in self.row.changes}:
            text = _("Scores of this round follow its scheme: it stays as it is.")
            raise ValidationError({"scheme": text})


class EvaluationSheet(Sheet):
    """One row per region and round; scores are entered on the evaluation's page."""

    year = Whole("round__year")
    phase = Choice("round__phase")
    letter = Reference(by=("number_as_printed",))

    class Meta:
        model = Evaluation
        fields = [
            "regency", "year", "phase", "published_index", "national_rank", "province_rank",
            "obstacles", "support_needed", "letter",
        ]  # fmt: skip
        import_id_fields = ["regency", "year", "phase"]


class RecommendationSheet(Sheet):
    """What was advised; reports and closing are decisions and no columns."""

    regency = Place("evaluation__regency")
    year = Whole("evaluation__round__year")
    phase = Choice("evaluation__round__phase")

    class Meta:
        model = Recommendation
        fields = ["regency", "year", "phase", "position", "text", "agency", "due_on"]
        import_id_fields = ["regency", "year", "phase", "position"]

    def check(self, recommendation):
        if recommendation.closed_at:
            raise ValidationError(_("This recommendation is closed."))
        agency = recommendation.agency
        if agency and agency.regency_id != recommendation.evaluation.regency_id:
            raise ValidationError({"agency": _("This agency belongs to another region.")})
