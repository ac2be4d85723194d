from django import forms
from django.utils.translation import gettext_lazy as _

from programs.models import StageStatus


class MatrixForm(forms.Form):
    """The filters and the order, from the address; offers only provinces that are there."""

    province = forms.ChoiceField(label=_("Province"), required=False)
    status = forms.ChoiceField(
        label=_("Status of a stage"),
        required=False,
        choices=[("", _("All")), *StageStatus.choices],
    )
    late = forms.BooleanField(label=_("Only with a late stage"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("By region")), ("progress", _("Furthest first"))],
    )

    def __init__(self, data, *, rows):
        super().__init__(data)
        provinces = {row.participation.regency.province for row in rows}
        by_code = sorted(provinces, key=lambda province: province.code)
        self.fields["province"].choices = [
            ("", _("All")),
            *((province.code, province.name) for province in by_code),
        ]

    @property
    def is_narrowed(self):
        return any(self.data.get(name) for name in ("province", "status", "late"))

    def narrow(self, rows):
        """The rows that fit; all of them while the address makes no sense."""
        if not self.is_valid():
            return rows
        wanted = self.cleaned_data
        found = [row for row in rows if _fits(row, wanted)]
        if wanted["sort"] == "progress":
            found.sort(key=lambda row: row.progress, reverse=True)
        return found


def _fits(row, wanted):
    if wanted["province"] and row.participation.regency.province.code != wanted["province"]:
        return False
    if not (wanted["status"] or wanted["late"]):
        return True
    return any(
        stage and wanted["status"] in ("", stage.status) and (stage.is_late or not wanted["late"])
        for stage in row.stages
    )
