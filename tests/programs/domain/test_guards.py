"""What the database refuses, whoever asks: a shell, a superuser, a bug."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from programs.domain import outputs, stages
from programs.models import BimtekStage, OutputVersion, Participation, StageVersion, Transition
from tests import factories
from tests.factories import make_submitted, pdf, stage_of


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
