import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from programs.domain import editing, outputs
from regencies.errors import StaleError
from tests.factories import pdf


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
