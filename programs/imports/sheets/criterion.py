from programs.imports.sheets.definitions import refuse_published
from programs.models import AssessmentCriterion
from regencies.imports.sheets.sheet import Sheet


class AssessmentCriterionSheet(Sheet):
    class Meta:
        model = AssessmentCriterion
        fields = ["cohort", "slug", "title", "position", "guidance", "weight", "highest_score"]
        import_id_fields = ["cohort", "slug"]

    def check(self, instance):
        refuse_published(instance.cohort)
