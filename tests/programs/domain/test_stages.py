import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from programs.domain import editing, outputs, stages
from programs.domain.steps import steps_open_to
from programs.models import BimtekStage, OutputVersion, StageVersion, Transition
from regencies.errors import RuleError, StaleError
from tests.factories import SESSION, complete, make_submitted, pdf, stage_of


def lines(stage):
    return [(t.verb, t.from_status, t.to_status, t.actor) for t in stage.transitions.all()]


def test_submit_hands_the_stage_over_and_freezes_what_it_says(stage, signer):
    complete(stage, signer)

    submitted = stages.submit(stage, by=signer)

    assert (submitted.status, submitted.submitted_by) == ("submitted", signer)
    version = StageVersion.objects.get(stage=stage)
    assert version.content["sessions"][0]["venue"] == SESSION["venue"]
    file = OutputVersion.objects.get(output__stage=stage)
    assert version.content["outputs"][0]["sha256"] == file.sha256
    assert file.frozen_in == version
    assert lines(stage) == [("submit", "draft", "submitted", signer)]
    line = Transition.objects.get()
    assert (line.acting_role, line.channel, line.version) == ("signer", "shell", version)


def test_submit_names_everything_that_is_missing(stage, signer):
    with pytest.raises(RuleError) as refusal:
        stages.submit(stage, by=signer)

    assert refusal.value.fields == ("starts_on", "mode", "venue", "council_count", "output-buku-1")
    assert Transition.objects.count() == 0


def test_submit_waits_for_the_earlier_stage(participation, signer):
    second = complete(stage_of(participation, 2), signer)

    with pytest.raises(RuleError) as refusal:
        stages.submit(second, by=signer)

    assert refusal.value.code == "order"


def test_withdraw_gives_back_what_the_stage_was_before(stage, signer, ministry):
    make_submitted(stage, signer)
    assert stages.withdraw(stage, by=signer).status == "draft"

    stages.submit(stage, by=signer)
    stages.return_for_repair(stage, by=ministry, reason="Buku I belum lengkap")
    stages.submit(stage, by=signer)

    assert stages.withdraw(stage, by=signer).status == "returned"


def test_return_says_why_and_opens_the_stage_again(stage, signer, ministry):
    make_submitted(stage, signer)

    returned = stages.return_for_repair(stage, by=ministry, reason=" Lengkapi SWOT ")

    assert (returned.status, returned.return_reason) == ("returned", "Lengkapi SWOT")
    assert Transition.objects.filter(verb="return").get().reason == "Lengkapi SWOT"


def test_return_without_a_reason_is_refused(stage, signer, ministry):
    make_submitted(stage, signer)

    with pytest.raises(RuleError):
        stages.return_for_repair(stage, by=ministry, reason="  ")

    stage.refresh_from_db()
    assert stage.status == "submitted"


def test_verify_signs_the_stage_and_publish_shows_it(stage, signer, ministry):
    make_submitted(stage, signer)

    verified = stages.verify(stage, by=ministry)
    assert (verified.status, verified.verified_by) == ("verified", ministry)
    assert not BimtekStage.objects.published().exists()

    stages.publish(stage, by=ministry)
    assert BimtekStage.objects.published().get() == stage


def test_nobody_verifies_what_they_submitted(stage, signer):
    signer.memberships.create(role="ministry", starts_on="2017-01-01")
    make_submitted(stage, signer)

    with pytest.raises(RuleError):
        stages.verify(stage, by=signer)
    assert "verify" not in steps_open_to(signer, stage)


@pytest.mark.parametrize(
    "who", ["officer", "contributor", "observer", "expert", "stranger", "nobody"]
)
def test_only_signers_submit_and_only_the_ministry_reviews(who, stage, signer, request):
    complete(stage, signer)
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        stages.submit(stage, by=person)
    stages.submit(stage, by=signer)
    with pytest.raises(PermissionDenied):
        stages.withdraw(stage, by=person)
    with pytest.raises(PermissionDenied):
        stages.verify(stage, by=person)
    with pytest.raises(PermissionDenied):
        stages.return_for_repair(stage, by=person, reason="x")


def test_a_superuser_cannot_move_the_workflow(stage, signer, nobody):
    nobody.is_superuser = True
    nobody.save()
    make_submitted(stage, signer)

    with pytest.raises(PermissionDenied):
        stages.verify(stage, by=nobody)


def test_a_closed_stage_is_neither_edited_nor_submitted_again(stage, signer):
    submitted = make_submitted(stage, signer)

    with pytest.raises(RuleError):
        stages.submit(submitted, by=signer)
    with pytest.raises(RuleError):
        editing.edit(submitted, by=signer, revision=submitted.revision, notes="baru")


def test_a_draft_saves_incomplete(stage, officer):
    saved = editing.edit(stage, by=officer, revision=1, venue="Pendopo")

    assert saved.revision == 2
    assert stage.sessions.get().venue == "Pendopo"


def test_a_stale_save_is_refused_with_the_stored_values(stage, officer, signer):
    editing.edit(stage, by=officer, revision=1, venue="Pendopo", notes="a")

    with pytest.raises(StaleError) as refusal:
        editing.edit(stage, by=signer, revision=1, venue="Hotel", notes="a")

    assert refusal.value.current == {"venue": "Pendopo"}
    assert stage.sessions.get().venue == "Pendopo"


@pytest.mark.parametrize("who", ["contributor", "observer", "expert", "ministry", "stranger"])
def test_only_the_regions_officers_edit_and_upload(who, stage, request):
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        editing.edit(stage, by=person, revision=1, venue="Pendopo")
    with pytest.raises(PermissionDenied):
        outputs.attach(stage.outputs.get(), by=person, upload=pdf())


def test_the_database_refuses_a_status_written_around_the_ledger(stage, signer):
    with (
        pytest.raises(IntegrityError, match="status_moves_through_the_ledger"),
        transaction.atomic(),
    ):
        BimtekStage.objects.filter(pk=stage.pk).update(status="verified")

    make_submitted(stage, signer)
    with (
        pytest.raises(IntegrityError, match="status_moves_through_the_ledger"),
        transaction.atomic(),
    ):
        BimtekStage.objects.filter(pk=stage.pk).update(status="draft")


def test_the_database_refuses_any_change_to_a_submitted_version(stage, signer):
    make_submitted(stage, signer)

    for change in (
        lambda: StageVersion.objects.update(content={}),
        lambda: StageVersion.objects.all().delete(),
        lambda: OutputVersion.objects.update(original_name="lain.pdf"),
        lambda: OutputVersion.objects.filter(output__stage=stage).delete(),
        lambda: Transition.objects.update(reason="lain"),
        lambda: stage.sessions.update(venue="lain"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_due_date_is_frozen(stage):
    with (
        pytest.raises(DatabaseError, match="Cannot update"),
        transaction.atomic(),
    ):
        BimtekStage.objects.filter(pk=stage.pk).update(due_on="2030-01-01")
