import pytest
from django.core.exceptions import PermissionDenied

from programs.domain import editing, stages
from programs.domain.steps import steps_open_to
from programs.models import BimtekStage, OutputVersion, Participation, StageVersion, Transition
from regencies.errors import RuleError
from tests.factories import SESSION, complete, make_submitted, stage_of


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

    assert refusal.value.details == {"earlier-stage": "Kirim dahulu Bimtek I."}


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


def test_publishing_twice_is_refused(stage, signer, ministry):
    stages.verify(make_submitted(stage, signer), by=ministry)
    stages.publish(stage, by=ministry)

    with pytest.raises(RuleError):
        stages.publish(stage, by=ministry)
    stages.unpublish(stage, by=ministry)
    with pytest.raises(RuleError):
        stages.unpublish(stage, by=ministry)
    assert stage.transitions.filter(verb__endswith="publish").count() == 2


def test_the_ministry_decides_only_on_the_version_it_read(stage, signer, ministry):
    make_submitted(stage, signer)
    stages.withdraw(stage, by=signer)
    stages.submit(stage, by=signer)

    with pytest.raises(RuleError, match="versi 2") as refusal:
        stages.verify(stage, by=ministry, version=1)
    assert refusal.value.code == "new_version"
    with pytest.raises(RuleError, match="versi 2"):
        stages.return_for_repair(stage, by=ministry, reason="x", version=1)
    assert stages.verify(stage, by=ministry, version=2).status == "verified"


def test_a_region_that_left_has_no_open_step_but_taking_back_what_is_public(
    participation, stage, signer, ministry
):
    stages.publish(stages.verify(make_submitted(stage, signer), by=ministry), by=ministry)
    second = make_submitted(stage_of(participation, 2), signer)
    Participation.objects.update(status="withdrawn", status_reason="Mundur.")

    assert steps_open_to(ministry, BimtekStage.objects.with_place().get(pk=stage.pk)) == [
        "unpublish"
    ]
    assert steps_open_to(ministry, BimtekStage.objects.with_place().get(pk=second.pk)) == []
    assert not BimtekStage.objects.awaiting_review().exists()
