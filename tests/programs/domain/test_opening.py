import pytest
from django.core.exceptions import PermissionDenied

from programs.domain import opening
from programs.models import BimtekStage, Output, Participation, Requirement
from tests import factories


def test_opening_writes_what_is_owed_once_with_its_due_date(regency, cohort):
    Participation.objects.create(regency=regency, cohort=cohort)

    assert opening.open_stages(cohort, by=None) == opening.Opened(stages=4, outputs=4)
    assert opening.open_stages(cohort, by=None) == opening.Opened(stages=0, outputs=0)
    first = BimtekStage.objects.get(definition__number=1)
    assert first.due_on == first.definition.due_on


def test_a_later_requirement_reaches_open_stages_only(participation, stage, signer, cohort):
    factories.make_submitted(stage, signer)
    for definition in cohort.stage_definitions.all():
        Requirement.objects.create(definition=definition, slug="baru", title="Baru")

    assert opening.open_stages(cohort, by=None).outputs == 3
    assert not Output.objects.filter(stage=stage, requirement__slug="baru").exists()


def test_a_region_that_left_owes_nothing_new(participation, cohort):
    Participation.objects.update(status="withdrawn", status_reason="Mundur.")
    Requirement.objects.create(
        definition=cohort.stage_definitions.first(), slug="baru", title="Baru"
    )

    assert opening.open_stages(cohort, by=None) == opening.Opened(stages=0, outputs=0)


@pytest.mark.parametrize("who", ["officer", "signer", "observer", "stranger", "nobody"])
def test_only_those_who_manage_open_stages(who, cohort, request, participation):
    with pytest.raises(PermissionDenied):
        opening.open_stages(cohort, by=request.getfixturevalue(who))
