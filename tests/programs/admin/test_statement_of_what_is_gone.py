"""Statements whose record, or whose whole kind of record, is no longer in the portal."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from programs.domain import statements
from programs.models import Commitment, Statement
from tests.nouns.statements import make_contradiction, state

LIST = reverse("admin:programs_statement_changelist")


@pytest.fixture
def desk(client, ministry):
    client.force_login(ministry)
    return client


@pytest.fixture
def said(participation, ministry):
    commitment = Commitment.objects.create(participation=participation)
    contradiction = make_contradiction("I2")
    said = state(commitment, "signed_on", "2022-09-30", contradiction=contradiction)
    return statements.choose(said, by=ministry, because="Surat aslinya bertanggal demikian.")


@pytest.fixture
def of_no_noun(said):
    """As after an upgrade that drops a noun."""
    said.content_type = ContentType.objects.create(app_label="programs", model="covenant")
    said.save()
    return said


def page(room, *args):
    return reverse(f"admin:programs_{room}", args=args)


@pytest.mark.parametrize(
    "address",
    [
        LIST,
        f"{LIST}?q=grobogan",
        f"{LIST}?flag=rivals",
        f"{LIST}?kind=covenant",
        page("statement_export", "csv"),
        page("statement_export", "xlsx"),
        page("contradiction_compare"),
        f"{page('contradiction_compare')}?kind=covenant",
        page("contradiction_changelist"),
    ],
)
def test_the_lists_show_a_statement_whose_noun_is_gone(address, desk, of_no_noun):
    assert desk.get(address).status_code == 200


def test_the_list_names_the_noun_that_is_gone_and_the_field_as_stored(desk, of_no_noun):
    rows = desk.get(LIST)

    assert "sudah tidak ada" in rows.text
    assert "signed_on" in rows.text
    assert "Covenant" in rows.text  # as a filter


def test_its_own_pages_open(desk, of_no_noun):
    for room in ("change", "history"):
        assert desk.get(page(f"statement_{room}", of_no_noun.pk)).status_code == 200
    about = of_no_noun.contradiction_id
    assert desk.get(page("contradiction_change", about)).status_code == 200


def test_its_note_can_still_be_changed(desk, of_no_noun, ministry):
    statements.unchoose(of_no_noun, by=ministry)
    form = {
        "field": "signed_on", "source": of_no_noun.source_id, "stated": "2022-09-30",
        "event_on": "", "weekday": "", "note": "Jenis data ini dihapus.", "contradiction": "",
    }  # fmt: skip

    assert desk.post(page("statement_change", of_no_noun.pk), form).status_code == 302
    assert Statement.objects.get().note == "Jenis data ini dihapus."


def taken_back_and_deleted(desk, said):
    step = page("statement_step", "take_back")
    shown = {"rows": said.pk, f"seen-{said.pk}": said.stated}
    assert desk.get(step, shown).status_code == 200
    assert desk.post(step, shown).status_code == 200
    assert Statement.objects.get().chosen_at is None
    return desk.post(page("statement_delete", said.pk), {"post": "yes"}).status_code


def test_a_choice_about_a_noun_that_is_gone_is_taken_back_and_deleted(desk, of_no_noun):
    assert taken_back_and_deleted(desk, of_no_noun) == 302
    assert not Statement.objects.exists()


def test_a_choice_about_a_record_that_is_gone_is_taken_back_and_deleted(desk, said):
    said.record.delete()

    assert taken_back_and_deleted(desk, said) == 302
    assert not Statement.objects.exists()


def test_it_cannot_be_chosen_and_says_why(desk, of_no_noun, ministry):
    statements.unchoose(of_no_noun, by=ministry)
    step = page("statement_step", "choose")
    shown = {"rows": of_no_noun.pk, f"seen-{of_no_noun.pk}": of_no_noun.stated}

    assert desk.get(step, shown).status_code == 200
    done = desk.post(step, shown | {"because": "Begitu."})

    ((_row, is_done, words),) = done.context["results"]
    assert (is_done, bool(words)) == (False, True)
