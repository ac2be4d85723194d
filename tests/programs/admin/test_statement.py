"""Statements in the admin: finding the record, adding, choosing, taking back."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from programs.models import Commitment, Memorandum, Signatory, Statement
from tests.factories import make_cohort, make_participation, make_regency, make_source
from tests.nouns.statements import make_contradiction, state

ADD = reverse("admin:programs_statement_add")
LIST = reverse("admin:programs_statement_changelist")
COMPARE = reverse("admin:programs_contradiction_compare")


@pytest.fixture
def commitment(participation):
    return Commitment.objects.create(participation=participation, title="Komitmen bersama")


@pytest.fixture
def desk(client, ministry):
    client.force_login(ministry)
    return client


def form_of(record, **changes):
    kind = ContentType.objects.get_for_model(record)
    return {
        "content_type": kind.pk,
        "object_id": record.pk,
        "field": "signed_on",
        "source": make_source().pk,
        "stated": "2022-09-29",
        "event_on": "29-09-2022",
        "weekday": "5",
        "note": "",
        "contradiction": "",
    } | changes


def address_of(record, **more):
    kind = ContentType.objects.get_for_model(record)
    query = {"content_type": kind.pk, "object_id": record.pk} | more
    return ADD + "?" + "&".join(f"{name}={value}" for name, value in query.items())


def errors_of(response):
    assert response.status_code == 200
    return response.context["adminform"].form.errors


def test_the_ministry_adds_a_statement(desk, commitment):
    response = desk.post(ADD, form_of(commitment))

    assert response.status_code == 302
    statement = Statement.objects.get()
    assert (statement.record, statement.field, statement.stated) == (
        commitment,
        "signed_on",
        "2022-09-29",
    )
    assert statement.get_weekday_display() == "Jumat"


def test_an_officer_adds_none(client, officer, commitment):
    client.force_login(officer)

    assert client.post(ADD, form_of(commitment)).status_code == 403
    assert Statement.objects.count() == 0


def test_a_link_fills_in_record_and_field(desk, commitment):
    response = desk.get(address_of(commitment, field="signed_on"))

    form = response.context["adminform"].form
    assert response.context["record"]["name"] == str(commitment)
    assert form["field"].value() == "signed_on"
    names = [name for name, _label in form.fields["field"].choices]
    assert names[0] == ""
    assert {"signed_on", "place", "signatories"} <= set(names)
    assert "publication" not in names


def test_every_record_page_leads_to_the_form(desk, commitment):
    page = desk.get(reverse("admin:programs_commitment_change", args=[commitment.pk]))

    assert address_of(commitment).replace("&", "&amp;") in page.content.decode()


def test_a_page_of_no_noun_offers_no_statement(desk, ministry):
    page = desk.get(reverse("admin:regencies_user_change", args=[ministry.pk]))

    assert ADD not in page.content.decode()


def test_an_unknown_field_is_refused_naming_the_allowed_and_what_was_typed_comes_back(
    desk, commitment
):
    response = desk.post(ADD, form_of(commitment, field="signed", note="Halaman 2"))

    (error,) = errors_of(response)["field"]
    assert "signed" in error
    assert "(signed_on)" in error
    assert 'value="2022-09-29"' in response.content.decode()
    assert "Halaman 2" in response.content.decode()
    assert Statement.objects.count() == 0


def test_an_unknown_field_in_the_address_is_told(desk, commitment):
    response = desk.get(address_of(commitment, field="%22signed"))

    (message,) = response.context["messages"]
    assert "signed" in str(message)


@pytest.mark.parametrize(
    "odd", [{"object_id": "999999"}, {"object_id": "x"}, {"content_type": "1"}]
)
def test_a_record_that_is_not_there_is_refused(odd, desk, commitment):
    assert errors_of(desk.post(ADD, form_of(commitment, **odd)))
    assert Statement.objects.count() == 0


@pytest.mark.parametrize(
    "query", ["", "?content_type=x&object_id=1", "?object_id=1", "?kind=user&text=a"]
)
def test_without_a_record_the_page_finds_one(query, desk):
    response = desk.get(ADD + query)

    assert response.status_code == 200
    assert "kind" in response.context["form"].fields


def test_one_record_found_leads_straight_to_its_form(desk, commitment):
    response = desk.get(ADD, {"kind": "commitment", "text": "grobogan"})

    assert response.status_code == 302
    assert response["Location"] == address_of(commitment)


def test_several_are_offered_as_links_and_none_is_said(desk, regency, participation):
    other = make_participation(regency, make_cohort(2019))
    some = desk.get(ADD, {"kind": "participation", "text": "grobogan"})
    none = desk.get(ADD, {"kind": "memorandum", "text": "grobogan"})

    assert [record for record, _address in some.context["found"]] == [participation, other]
    assert none.context["is_empty"]


@pytest.mark.parametrize("host", ["", "https://portal.example.go.id"])
def test_the_address_of_a_page_is_enough(host, desk, commitment):
    pasted = host + reverse("admin:programs_commitment_change", args=[commitment.pk])

    response = desk.get(ADD, {"kind": "award", "text": pasted})

    assert (response.status_code, response["Location"]) == (302, address_of(commitment))


def test_lines_without_a_page_of_their_own_are_found_by_region_and_words(desk, participation):
    memorandum = Memorandum.objects.create(participation=participation)
    line = Signatory.objects.create(memorandum=memorandum, side="region", office="Wakil Bupati")

    for text in ("wakil", "33.15"):
        response = desk.get(ADD, {"kind": "signatory", "text": text})
        assert response["Location"] == address_of(line)


def act(client, verb, row, **answer):
    address = reverse("admin:programs_statement_step", args=[verb])
    return client.post(address, {"rows": row.pk} | answer)


def test_choosing_asks_first_and_then_tells(desk, commitment, ministry):
    statement = state(commitment, "signed_on", "2022-09-30")

    asked = desk.post(LIST, {"action": "choose", "index": "0", "_selected_action": statement.pk})
    assert asked.context["any_fits"]
    empty = act(desk, "choose", statement, because=" ")
    assert empty.context["errors"]
    done = act(desk, "choose", statement, because="Suratnya.")

    assert [ok for _row, ok, _words in done.context["results"]] == [True]
    commitment.refresh_from_db()
    statement.refresh_from_db()
    assert str(commitment.signed_on) == "2022-09-30"
    assert (statement.chosen_by, statement.chosen_because) == (ministry, "Suratnya.")

    back = act(desk, "take_back", statement)

    assert [ok for _row, ok, _words in back.context["results"]] == [True]
    commitment.refresh_from_db()
    assert commitment.signed_on is None


def test_words_changed_since_they_were_shown_are_not_chosen(desk, commitment):
    statement = state(commitment, "signed_on", "2022-09-30")
    seen = {f"seen-{statement.pk}": "2022-09-29"}

    done = act(desk, "choose", statement, because="Ya.", **seen)

    assert [ok for _row, ok, _words in done.context["results"]] == [False]
    commitment.refresh_from_db()
    assert commitment.signed_on is None


def test_a_superuser_without_the_ministry_does_not_choose(client, boss, commitment):
    statement = state(commitment, "signed_on", "2022-09-30")
    client.force_login(boss)

    act(client, "choose", statement, because="Ya.")

    statement.refresh_from_db()
    assert statement.chosen_at is None


def test_a_chosen_statement_keeps_its_words_and_stays(desk, commitment, ministry):
    statement = state(commitment, "signed_on", "2022-09-30")
    act(desk, "choose", statement, because="Suratnya.")
    page = reverse("admin:programs_statement_change", args=[statement.pk])

    desk.post(page, form_of(commitment, stated="2022-10-01", note="Dibaca lagi."))

    statement.refresh_from_db()
    assert (statement.stated, statement.note) == ("2022-09-30", "Dibaca lagi.")
    delete = reverse("admin:programs_statement_delete", args=[statement.pk])
    assert desk.post(delete, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("count", [1, 12])
def test_the_lists_take_the_same_queries_however_long(
    count, desk, cohort, django_assert_num_queries
):
    for number in range(1, count + 1):
        row = make_participation(make_regency(f"33.{number:02}"), cohort)
        state(row, "note", "Ikut", contradiction=make_contradiction(f"X{number}"))
    desk.get(LIST)

    with django_assert_num_queries(18):
        listed = desk.get(LIST).context["cl"].result_list
    with django_assert_num_queries(7):
        compared = desk.get(COMPARE).context["conflicts"]

    assert (len(listed), len(compared)) == (count, count)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["I2", "X5", None]),
        ("?code=I2", ["I2"]),
        ("?code=found", [None]),
        ("?state=settled", ["X5"]),
        ("?state=open", ["I2", None]),
        ("?flag=weekday", ["I2"]),
        ("?kind=xyz&code=%27", ["I2", "X5", None]),
    ],
)
def test_the_comparing_page_is_narrowed(query, codes, desk, commitment, cohort):
    friday = {"event_on": "2022-09-29", "weekday": 5}
    state(commitment, "signed_on", contradiction=make_contradiction("I2"), **friday)
    make_contradiction("X5", is_settled=True)
    state(cohort, "phase", "Tahap IX")

    shown = desk.get(COMPARE + query).context["conflicts"]

    found = [conflict.contradiction and conflict.contradiction.code for conflict, _d in shown]
    assert found == codes


def test_the_list_is_searched_by_region_in_any_spelling_and_filtered_by_flag(desk, commitment):
    wrong = state(commitment, "signed_on", event_on="2022-09-29", weekday=5)
    other = make_participation(make_regency("33.16"), commitment.participation.cohort)
    state(other, "note", "Ikut")

    def rows(**query):
        return list(desk.get(LIST, query).context["cl"].result_list)

    assert rows(q="kab grobogan") == [wrong]
    assert rows(flag="weekday") == [wrong]
    assert rows(kind="commitment") == [wrong]
    assert rows(chosen="yes") == []
