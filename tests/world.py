"""A small world in which every row is valid, for tests that walk over all of them."""

from regencies.access import Role
from tests import factories


class World:
    """One region with its participation and first stage, a signer and ministry staff."""

    def __init__(self, stage=None):
        if stage is None:
            stage = factories.stage_of(factories.make_participation(factories.make_regency()))
        self.stage = stage
        self.definition = stage.definition
        self.output = stage.outputs.get()
        self.participation = stage.participation
        self.regency = self.participation.regency
        self.cohort = self.participation.cohort
        self.signer = factories.make_signer(self.regency)
        self.ministry = factories.make_user(role=Role.MINISTRY)
