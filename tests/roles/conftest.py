import pytest

from programs.models import Publication
from tests import factories


@pytest.fixture
def site(regency, elsewhere, cohort, ministry, signer, stranger):
    """An internal participation with one uploaded file in each of the two regions."""
    made = {}
    for whose, place, by in (("own", regency, signer), ("foreign", elsewhere, stranger)):
        participation = factories.make_participation(
            place, cohort, publication=Publication.INTERNAL
        )
        stage = factories.stage_of(participation)
        output = stage.outputs.get()
        version = factories.outputs.attach(output, by=by, upload=factories.pdf())
        made[whose] = {
            "regency": place, "participation": participation, "stage": stage, "output": output,
            "version": version,
        }  # fmt: skip
    return made


@pytest.fixture
def expert_of_own(site):
    expert = factories.make_user("expert@test.example", "expert")
    site["own"]["participation"].assignments.create(expert=expert)
    return expert
