from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs.models import AssessmentCriterion
from regencies.imports.sheets.sheet import Sheet


class AssessmentCriterionSheet(Sheet):
    class Meta:
        model = AssessmentCriterion
        fields = ["cohort", "slug", "title", "position", "guidance", "weight", "highest_score"]
        import_id_fields = ["cohort", "slug"]

    def check(self, instance):
        if instance.cohort.definitions_published_at:
            words = _("The definitions of this cohort are published and stay as they are.")
            raise ValidationError({"cohort": words})
