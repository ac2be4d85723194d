"""How the ministry ends a participation, hands it on and takes it back: see ``deeds``."""

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.admin.tags import participation_tag
from programs.domain import participations
from programs.models import Participation, ParticipationStatus
from regencies.access import Right
from regencies.admin.deeds import Deed, ReasonForm, row_by_row


class EndForm(ReasonForm):
    on = forms.DateField(
        label=gettext_lazy("On"),
        required=False,
        help_text=gettext_lazy("The day it took effect; leave empty when nobody knows it."),
        widget=AdminDateWidget,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "For example: the new regent did not want to go on. Whoever may see the row reads it."
        )


class ReplaceForm(EndForm):
    replacement = forms.ModelChoiceField(
        Participation.objects.none(),
        label=gettext_lazy("Replaced by"),
        help_text=gettext_lazy(
            "A region that takes part in the same cohort. If it is missing, add it to the cohort."
        ),
        error_messages={"required": gettext_lazy("Choose who takes the place.")},
    )
    field_order = ["replacement", "on", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = {row.pk for row in self.rows}
        active = Participation.objects.filter(
            cohort__in={row.cohort_id for row in self.rows}, status=ParticipationStatus.ACTIVE
        )
        self.fields["replacement"].queryset = active.exclude(pk__in=chosen).with_place()


COLUMNS = [
    (gettext_lazy("Region"), lambda row: row.regency),
    (gettext_lazy("Cohort"), lambda row: row.cohort),
]
FACTS = [(gettext_lazy("Status"), participation_tag)]
WITHDRAW = Deed(
    verb="withdraw",
    right=Right.REVIEW,
    do=participations.withdraw,
    title=gettext_lazy("Withdraw participations"),
    question=gettext_lazy(
        "The region then takes part no longer: its open stages are no longer owed, and whatever "
        "was recorded stays."
    ),
    button=gettext_lazy("Withdraw from the cohort"),
    done=gettext_lazy("Withdrawn"),
    form=EndForm,
    refusals=row_by_row(participations.refusal_to_end),
    columns=COLUMNS,
    facts=FACTS,
)
REPLACE = Deed(
    verb="replace",
    right=Right.REVIEW,
    do=participations.replace,
    title=gettext_lazy("Replace participations"),
    question=gettext_lazy(
        "Another region of the same cohort takes the place; both stay on record."
    ),
    button=gettext_lazy("Replace"),
    done=gettext_lazy("Replaced"),
    form=ReplaceForm,
    refusals=row_by_row(participations.refusal_to_end),
    columns=COLUMNS,
    facts=FACTS,
)
REINSTATE = Deed(
    verb="reinstate",
    right=Right.REVIEW,
    do=participations.reinstate,
    title=gettext_lazy("Reinstate participations"),
    question=gettext_lazy(
        "The region takes part again. The history keeps why it had ended, and why it came back."
    ),
    button=gettext_lazy("Reinstate"),
    done=gettext_lazy("Active again"),
    form=ReasonForm,
    refusals=row_by_row(participations.refusal_to_reinstate),
    columns=COLUMNS,
    facts=FACTS,
)

PARTICIPATION_DEEDS = [WITHDRAW, REPLACE, REINSTATE]
