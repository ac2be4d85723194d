import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from programs.domain import editing, outputs, stages
from programs.domain.steps import steps_open_to
from programs.models import BimtekStage, OutputVersion, Participation, StageVersion, Transition
from regencies.errors import RuleError, StaleError
from tests import factories
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
        pytest.raises(IntegrityError, match="stage_moves_through_the_ledger"),
        transaction.atomic(),
    ):
        BimtekStage.objects.filter(pk=stage.pk).update(status="verified")

    make_submitted(stage, signer)
    with (
        pytest.raises(IntegrityError, match="stage_moves_through_the_ledger"),
        transaction.atomic(),
    ):
        BimtekStage.objects.filter(pk=stage.pk).update(status="draft")


def test_the_database_refuses_any_change_to_what_was_submitted(participation, stage, signer):
    submitted = make_submitted(stage, signer)
    other = stage_of(participation, 2)
    draft = outputs.attach(other.outputs.get(), by=signer, upload=pdf())
    versions = OutputVersion.objects.filter(output__stage=stage)
    changes = {
        "a submission": lambda: StageVersion.objects.update(content={}),
        "no submission": lambda: StageVersion.objects.all().delete(),
        "another file": lambda: versions.update(original_name="lain.pdf"),
        "a file unfrozen": lambda: versions.update(frozen_in=None),
        "no file": versions.delete,
        "one more file": lambda: OutputVersion.objects.create(
            output=stage.outputs.get(), number=9, sha256="0" * 64, size=1, uploaded_by=signer
        ),
        "a file moved in": lambda: OutputVersion.objects.filter(pk=draft.pk).update(
            output=stage.outputs.get(), number=9
        ),
        "an output moved away": lambda: stage.outputs.update(stage=other),
        "other words in the ledger": lambda: Transition.objects.update(reason="lain"),
        "no ledger": lambda: Transition.objects.all().delete(),
        "another place": lambda: stage.sessions.update(venue="lain"),
        "a session moved away": lambda: stage.sessions.update(stage=other),
        "other notes": lambda: BimtekStage.objects.filter(pk=stage.pk).update(notes="lain"),
        "another sender": lambda: BimtekStage.objects.filter(pk=stage.pk).update(
            submitted_by=submitted.participation.assignments.create(expert=signer).expert_id + 1
        ),
        "another region": lambda: BimtekStage.objects.filter(pk=stage.pk).update(
            definition=other.definition
        ),
    }

    passed = []
    for name, change in changes.items():
        try:
            with transaction.atomic():
                change()
        except DatabaseError:
            continue
        passed.append(name)

    assert passed == []


def test_a_drafts_file_is_removed_but_never_changed(stage, officer):
    draft = outputs.attach(stage.outputs.get(), by=officer, upload=pdf())

    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        OutputVersion.objects.update(sha256="0" * 64)
    outputs.remove(draft, by=officer)
    assert not OutputVersion.objects.exists()


def test_publication_too_moves_only_with_its_ledger_line(stage, signer, ministry):
    stages.verify(make_submitted(stage, signer), by=ministry)

    with (
        pytest.raises(IntegrityError, match="stage_moves_through_the_ledger"),
        transaction.atomic(),
    ):
        BimtekStage.objects.filter(pk=stage.pk).update(publication="public")


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


def test_what_only_the_other_person_changed_stays(stage, officer, signer):
    editing.edit(stage, by=officer, revision=1, venue="Pendopo", notes="Dari petugas")

    saved = editing.edit(stage, by=signer, revision=1, venue="", notes="", council_count=12)

    assert (saved.notes, saved.sessions.get().venue) == ("Dari petugas", "Pendopo")
    assert saved.sessions.get().council_count == 12


def test_a_clash_names_only_what_both_changed(stage, officer, signer):
    stage = editing.edit(stage, by=officer, revision=1, venue="Pendopo", mode="onsite")
    editing.edit(stage, by=officer, revision=2, venue="Balai Desa", notes="Dari petugas")

    with pytest.raises(StaleError) as refusal:
        editing.edit(stage, by=signer, revision=2, venue="Hotel", mode="hybrid", notes="")

    assert refusal.value.current == {"venue": "Balai Desa"}
    merged = {name: refusal.value.merged[name] for name in ("venue", "mode", "notes")}
    assert merged == {"venue": "Hotel", "mode": "hybrid", "notes": "Dari petugas"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("notes", "x" * 5001),
        ("council_count", 100_001),
        ("council_count", -1),
        ("starts_on", dt.date(1, 1, 1)),
        ("ends_on", dt.date(9999, 1, 1)),
        ("mode", "satellite"),
        ("venue", "x" * 201),
    ],
)
def test_the_models_own_limits_hold_for_every_door(field, value, stage, officer):
    with pytest.raises(ValidationError) as refusal:
        editing.edit(stage, by=officer, revision=1, **{field: value})

    assert list(refusal.value.message_dict) == [field]


def test_a_region_that_left_has_no_open_step_but_taking_back_what_is_public(
    participation, stage, signer, ministry
):
    stages.publish(stages.verify(make_submitted(stage, signer), by=ministry), by=ministry)
    second = make_submitted(stage_of(participation, 2), signer)
    Participation.objects.update(status="withdrawn")

    assert steps_open_to(ministry, BimtekStage.objects.with_place().get(pk=stage.pk)) == [
        "unpublish"
    ]
    assert steps_open_to(ministry, BimtekStage.objects.with_place().get(pk=second.pk)) == []
    assert not BimtekStage.objects.awaiting_review().exists()


def test_the_due_date_is_frozen(stage):
    with (
        pytest.raises(DatabaseError, match="Cannot update"),
        transaction.atomic(),
    ):
        BimtekStage.objects.filter(pk=stage.pk).update(due_on="2030-01-01")


def test_the_ledger_takes_no_line_that_does_not_fit(participation, stage, signer, ministry):
    other = make_submitted(stage, signer).versions.get()
    draft = stage_of(participation, 2)
    given = {"actor": signer, "at": timezone.now(), "channel": "shell"}

    for line in (
        {"stage": draft, "verb": "verify", "from_status": "submitted", "to_status": "verified"},
        {
            "stage": draft,
            "verb": "submit",
            "from_status": "draft",
            "to_status": "submitted",
            "version": other,
        },
    ):
        with pytest.raises(IntegrityError, match="ledger_line_fits"), transaction.atomic():
            Transition.objects.create(**given, **line)


@pytest.mark.django_db(transaction=True)
def test_a_line_without_its_deed_does_not_survive_the_commit(db):
    stage = stage_of(factories.make_participation())
    signer = factories.make_signer(stage.participation.regency)

    with pytest.raises(IntegrityError, match="ledger_line_is_done"):
        Transition.objects.create(
            stage=stage,
            actor=signer,
            at=timezone.now(),
            channel="shell",
            verb="submit",
            from_status="draft",
            to_status="submitted",
        )


def test_one_line_serves_one_move_and_its_actor_is_the_one_who_signs(stage, signer, ministry):
    make_submitted(stage, signer)

    def verify_as(person):
        line = {"from_status": "submitted", "to_status": "verified", "channel": "shell"}
        now = timezone.now()
        Transition.objects.create(stage=stage, verb="verify", actor=ministry, at=now, **line)
        BimtekStage.objects.filter(pk=stage.pk).update(
            status="verified", verified_by=person, verified_at=now
        )

    with pytest.raises(IntegrityError, match="stage_moves"), transaction.atomic():
        verify_as(signer)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        verify_and_rewrite(stage, ministry)


def verify_and_rewrite(stage, ministry):
    stages.verify(stage, by=ministry)
    BimtekStage.objects.filter(pk=stage.pk).update(notes="lain")


def test_a_participation_stays_with_its_region(participation, elsewhere):
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Participation.objects.update(regency=elsewhere)


def test_versions_are_written_only_while_a_stage_is_handed_in(stage, signer):
    make_submitted(stage, signer)

    with pytest.raises(IntegrityError, match="version_belongs"), transaction.atomic():
        StageVersion.objects.create(
            stage=stage,
            number=99,
            content={},
            sha256="0" * 64,
            submitted_at=timezone.now(),
            submitted_by=signer,
        )
