"""Child rows that name an agency: it has to be of the region that the paper is about."""

from django import forms
from django.utils.translation import gettext as _


class OwnAgencies(forms.BaseInlineFormSet):
    """For inlines under a row with a ``participation``."""

    def clean(self):
        super().clean()
        if self.instance.participation_id is None:  # its own field says so
            return
        regency = self.instance.participation.regency
        for form in self.forms:
            agency = getattr(form, "cleaned_data", {}).get("agency")
            if agency and agency.regency_id != regency.pk and not self._should_delete_form(form):
                words = _("This agency is of another region (%(other)s), not of %(region)s.")
                names = {"other": agency.regency, "region": regency}
                form.add_error("agency", words % names)
