"""Every named constraint, tripped by name; a constraint without a row here fails."""

import datetime as dt

import pgtrigger
import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from programs.models import (
    Assignment,
    BimtekStage,
    Cohort,
    Output,
    OutputVersion,
    Participation,
    Requirement,
    Session,
    StageDefinition,
    StageVersion,
    Transition,
)
from regencies.access import Role
from regencies.models import (
    Agency,
    FormerCode,
    Membership,
    OfficeTerm,
    Province,
    Regency,
    RegencyAlias,
    User,
)
from tests import factories, nouns, world

EARLY, LATE = dt.date(2018, 1, 1), dt.date(2018, 2, 1)


class World(world.World):
    """One valid row of everything, to be broken one field at a time."""

    def agency(self, **fields):
        return Agency.objects.create(regency=self.regency, name="Dinas Kominfo", **fields)

    def member(self, role, **reach):
        return Membership.objects.create(user=self.signer, role=role, **reach)

    def submit(self):
        return factories.make_submitted(self.stage, self.signer)

    def upload(self, **changes):
        given = {"number": 1, "sha256": "0" * 64, "size": 1, "uploaded_by": self.signer}
        return OutputVersion.objects.create(output=self.output, **given | changes)

    def version(self, **changes):
        given = {"number": 1, "content": {}, "sha256": "0" * 64, "submitted_by": self.signer}
        StageVersion.objects.create(
            stage=self.stage, submitted_at=timezone.now(), **given | changes
        )

    def set_stage(self, **fields):
        BimtekStage.objects.filter(pk=self.stage.pk).update(**fields)

    def set_participation(self, **fields):
        Participation.objects.filter(pk=self.participation.pk).update(**fields)

    def line(self, **fields):
        given = {"verb": "submit", "from_status": "draft", "to_status": "submitted"} | fields
        Transition.objects.create(
            stage=self.stage, actor=self.signer, at=timezone.now(), channel="shell", **given
        )

    def step(self, to_status, verb, **fields):
        """A status change with its ledger line, so that only the constraint can refuse."""
        stage = BimtekStage.objects.get(pk=self.stage.pk)
        self.line(verb=verb, from_status=stage.status, to_status=to_status, reason="x")
        self.set_stage(status=to_status, **fields)


def twice(make):
    make()
    make()


def verified_by_submitter(world):
    world.submit()
    world.step("verified", "verify", verified_at=timezone.now(), verified_by=world.signer)


def unsigned_verification(world):
    world.submit()
    world.step("verified", "verify", verified_by=world.signer)


def returned_without_reason(world):
    world.submit()
    world.step("returned", "return", submitted_at=None, submitted_by=None)


def public_draft(world):
    """The ledger's own trigger refuses first; the constraint stands behind it."""
    guard = "programs.BimtekStage:stage_moves_through_the_ledger"
    with pgtrigger.ignore(guard), transaction.atomic():
        world.set_stage(publication="public")


BREAK = {
    "regencies_province_code_2_digits": lambda w: Province.objects.update(code="3a"),
    "regencies_regency_code_fits_kind": lambda w: Regency.objects.update(code="33.75"),
    "regencies_regency_point_in_indonesia": lambda w: Regency.objects.update(
        latitude=50, longitude=110
    ),
    "regencies_formercode_code_once": lambda w: twice(
        lambda: FormerCode.objects.create(regency=w.regency, code="91.01")
    ),
    "regencies_regencyalias_key_once": lambda w: twice(
        lambda: RegencyAlias.objects.create(regency=w.regency, name="Grob", key="grob")
    ),
    "regencies_agency_name_once": lambda w: twice(w.agency),
    "regencies_agency_dates_in_order": lambda w: w.agency(active_from=LATE, active_to=EARLY),
    "regencies_user_email_any_case_once": lambda w: User.objects.create(
        email=w.signer.email.upper()
    ),
    "regencies_membership_reach_fits_role": lambda w: w.member(Role.MINISTRY, regency=w.regency),
    "regencies_membership_dates_in_order": lambda w: w.member(
        Role.MINISTRY, starts_on=LATE, ends_on=EARLY
    ),
    "regencies_officeterm_dates_in_order": lambda w: OfficeTerm.objects.create(
        regency=w.regency, person="Sri", title="Bupati", starts_on=LATE, ends_on=EARLY
    ),
    "programs_cohort_year_once": lambda w: Cohort.objects.create(
        program=w.cohort.program, year=2018, slug="lagi", phase="x"
    ),
    "programs_cohort_year_since_2017": lambda w: Cohort.objects.update(year=2016),
    "programs_cohort_example_is_internal": lambda w: Cohort.objects.update(is_example=True),
    "programs_stagedefinition_number_once": lambda w: StageDefinition.objects.create(
        cohort=w.cohort, number=1, title="x"
    ),
    "programs_stagedefinition_number_1_to_4": lambda w: StageDefinition.objects.filter(
        pk=w.definition.pk
    ).update(number=5),
    "programs_requirement_slug_once": lambda w: Requirement.objects.create(
        definition=w.definition, slug="buku-1", title="x"
    ),
    "programs_participation_regency_once_per_cohort": lambda w: Participation.objects.create(
        regency=w.regency, cohort=w.cohort
    ),
    "programs_participation_replaced_names_by_whom": lambda w: w.set_participation(
        status="replaced", status_reason="Diganti."
    ),
    "programs_participation_not_replaced_by_itself": lambda w: w.set_participation(
        status="replaced", status_reason="Diganti.", replaced_by=w.participation
    ),
    "programs_participation_ended_says_why": lambda w: w.set_participation(status="withdrawn"),
    "programs_assignment_expert_once": lambda w: twice(
        lambda: Assignment.objects.create(participation=w.participation, expert=w.signer)
    ),
    "programs_bimtekstage_definition_once": lambda w: BimtekStage.objects.create(
        participation=w.participation, definition=w.definition
    ),
    "programs_bimtekstage_returned_has_reason": returned_without_reason,
    "programs_bimtekstage_submitted_is_signed": lambda w: w.step(
        "submitted", "submit", submitted_by=w.signer
    ),
    "programs_bimtekstage_verified_is_signed": unsigned_verification,
    "programs_bimtekstage_verifier_is_not_submitter": verified_by_submitter,
    "programs_bimtekstage_public_is_verified": public_draft,
    "programs_session_dates_in_order": lambda w: Session.objects.create(
        stage=w.stage, starts_on=LATE, ends_on=EARLY
    ),
    "programs_output_requirement_once": lambda w: Output.objects.create(
        stage=w.stage, requirement=w.output.requirement
    ),
    "programs_outputversion_number_once": lambda w: twice(w.upload),
    "programs_outputversion_sha256_is_hex": lambda w: w.upload(sha256="x"),
    "programs_outputversion_not_empty": lambda w: w.upload(size=0),
    "programs_stageversion_number_once": lambda w: twice(w.version),
    "programs_stageversion_sha256_is_hex": lambda w: w.version(sha256="x"),
    "programs_transition_return_has_reason": lambda w: (
        w.submit(),
        w.line(verb="return", from_status="submitted", to_status="returned"),
    ),
    "programs_transition_step_exists": lambda w: w.line(to_status="verified"),
}

BREAK |= nouns.gathered("BREAK")


def test_every_constraint_has_a_row():
    named = {
        constraint.name
        for label in ("regencies", "programs")
        for model in apps.get_app_config(label).get_models()
        for constraint in model._meta.constraints
    }

    assert named == set(BREAK)


@pytest.mark.parametrize("name", BREAK)
def test_the_constraint_refuses(name, db):
    world = World()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BREAK[name](world)


@pytest.mark.parametrize("status", ["submitted", "returned", "verified"])
def test_a_stage_cannot_be_born_beyond_draft(status, db):
    world = World()
    with pytest.raises(IntegrityError, match="stage_starts_as_draft"), transaction.atomic():
        BimtekStage.objects.create(
            participation=world.participation, definition=world.definition, status=status
        )
