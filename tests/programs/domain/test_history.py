from programs.domain import editing, outputs, stages
from programs.domain.history import Change, history
from regencies import audit
from regencies.audit import Channel
from tests.factories import complete, pdf


def test_history_tells_edits_uploads_and_steps_with_person_and_channel(stage, signer, ministry):
    signer.name = "Siti Rahma"
    signer.save()
    with audit.entering(Channel.PAGE, user_id=signer.pk):
        editing.edit(stage, by=signer, revision=1, venue="Pendopo")
    with audit.entering(Channel.PAGE, user_id=signer.pk):
        complete(stage.__class__.objects.get(pk=stage.pk), by=signer)
    with audit.entering(Channel.API, user_id=signer.pk):
        stages.submit(stage, by=signer)
    with audit.entering(Channel.ADMIN, user_id=ministry.pk):
        stages.return_for_repair(stage, by=ministry, reason="Lengkapi SWOT")

    entries = history(stage)

    assert [(e.who, e.channel, e.reason) for e in entries if not e.changes] == [
        ("ministry@test.example", "admin", "Lengkapi SWOT"),
        ("Siti Rahma", "API", ""),
    ]
    first = entries[-1]
    assert (first.who, [(c.before, c.after) for c in first.changes]) == (
        "Siti Rahma",
        [("", "Pendopo")],
    )
    uploads = [c for e in entries for c in e.changes if c.after.startswith("Buku I.pdf")]
    assert [c.label for c in uploads] == ["Buku 1"]


def test_a_removed_draft_stays_in_the_history(stage, officer):
    version = outputs.attach(stage.outputs.get(), by=officer, upload=pdf())
    outputs.remove(version, by=officer)

    removed = history(stage)[0].changes[0]

    assert removed == Change("Buku 1", f"Buku I.pdf (SHA-256 {version.sha256[:12]}…)", "")


def test_history_costs_the_same_for_one_edit_and_for_ten(
    stage, officer, django_assert_num_queries
):
    for number in range(10):
        with audit.entering(Channel.PAGE, user_id=officer.pk):
            editing.edit(stage, by=officer, revision=number + 1, venue=f"Tempat {number}")

    with django_assert_num_queries(5):
        assert len(history(stage)) == 10
