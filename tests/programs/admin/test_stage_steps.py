import html
import re

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from programs.admin.stage_steps import STAGE_DEEDS
from programs.domain import opening, stages
from programs.models import BimtekStage, Participation, Transition
from tests.factories import make_participation, make_regency, make_submitted, stage_of

LIST = reverse("admin:programs_bimtekstage_changelist")
VERBS = ["verify", "return", "publish", "unpublish"]


def step(verb):
    return reverse("admin:programs_bimtekstage_step", args=[verb])


def outcome(response):
    return [(stage.pk, done) for stage, done, _words in response.context["results"]]


def state(stage):
    stage.refresh_from_db()
    return stage.status, stage.publication


@pytest.fixture
def other(cohort, elsewhere):
    """A submitted stage of another region."""
    return make_submitted(stage_of(make_participation(elsewhere, cohort)))


@pytest.mark.parametrize("verb", VERBS)
def test_the_change_page_and_the_list_lead_to_the_same_page(verb, client, ministry, submitted):
    client.force_login(ministry)

    from_page = client.get(step(verb), {"rows": submitted.pk})
    from_list = client.post(LIST, {"action": verb, "_selected_action": [submitted.pk]})

    assert from_page.status_code == from_list.status_code == 200
    assert [t.name for t in from_page.templates] == [t.name for t in from_list.templates]
    assert from_page.context["rows"] == from_list.context["rows"] == [submitted]
    assert state(submitted) == ("submitted", "internal")


def test_verifying_several_stages_shows_what_came_of_each(
    client, ministry, submitted, draft, other
):
    client.force_login(ministry)

    response = client.post(step("verify"), {"rows": [submitted.pk, draft.pk, other.pk]})

    assert dict(outcome(response)) == {submitted.pk: True, draft.pk: False, other.pk: True}
    assert state(submitted)[0] == state(other)[0] == "verified"
    assert state(draft)[0] == "draft"
    lines = Transition.objects.filter(verb="verify")
    assert {(line.stage_id, line.actor, line.channel) for line in lines} == {
        (submitted.pk, ministry, "admin"),
        (other.pk, ministry, "admin"),
    }


def test_a_return_hands_its_reason_to_every_region(client, ministry, submitted, other):
    client.force_login(ministry)

    response = client.post(
        step("return"), {"rows": [submitted.pk, other.pk], "reason": "Lengkapi SWOT"}
    )

    assert [done for _pk, done in outcome(response)] == [True, True]
    for stage in (submitted, other):
        stage.refresh_from_db()
        assert (stage.status, stage.return_reason) == ("returned", "Lengkapi SWOT")


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_return_without_a_reason_asks_again_and_moves_nothing(
    reason, client, ministry, submitted, other
):
    client.force_login(ministry)

    response = client.post(step("return"), {"rows": [submitted.pk, other.pk], "reason": reason})

    assert list(response.context["answer"].errors) == ["reason"]
    assert set(response.context["rows"]) == {submitted, other}
    page = response.content.decode()
    assert f'name="rows" value="{submitted.pk}"' in page
    assert state(submitted)[0] == state(other)[0] == "submitted"


def test_a_refusal_says_why_and_gives_the_typed_words_back(client, ministry, draft, submitted):
    client.force_login(ministry)

    response = client.post(step("return"), {"rows": [draft.pk], "reason": "<b>Lengkapi</b>"})

    ((stage, done, words),) = response.context["results"]
    assert (stage, done) == (draft, False)
    assert str(draft.get_status_display()) in words
    assert "&lt;b&gt;Lengkapi&lt;/b&gt;" in response.content.decode()


def test_publishing_and_taking_back(client, ministry, verified):
    client.force_login(ministry)

    client.post(step("publish"), {"rows": [verified.pk]})
    assert state(verified) == ("verified", "public")
    client.post(step("unpublish"), {"rows": [verified.pk]})
    assert state(verified) == ("verified", "internal")


def test_example_data_is_refused_in_words(client, ministry, verified, cohort):
    cohort.is_example, cohort.publication = True, "internal"
    cohort.save()
    client.force_login(ministry)

    response = client.post(step("publish"), {"rows": [verified.pk]})

    assert outcome(response) == [(verified.pk, False)]
    assert state(verified) == ("verified", "internal")


def test_nobody_verifies_what_they_submitted_here_either(client, signer, submitted):
    signer.memberships.create(role="ministry", starts_on="2017-01-01")
    client.force_login(signer)

    response = client.post(step("verify"), {"rows": [submitted.pk]})

    assert outcome(response) == [(submitted.pk, False)]
    assert state(submitted)[0] == "submitted"


def test_sending_the_same_page_twice_moves_the_stage_once(client, ministry, submitted):
    client.force_login(ministry)

    first = client.post(step("verify"), {"rows": [submitted.pk]})
    second = client.post(step("verify"), {"rows": [submitted.pk]})

    assert [outcome(first), outcome(second)] == [[(submitted.pk, True)], [(submitted.pk, False)]]
    assert Transition.objects.filter(verb="verify").count() == 1


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    "who", ["contributor", "officer", "signer", "observer", "expert", "stranger", "nobody"]
)
def test_nobody_else_reaches_the_steps(verb, who, client, submitted, request):
    client.force_login(request.getfixturevalue(who))

    assert client.get(step(verb), {"rows": submitted.pk}).status_code == 403
    assert client.post(step(verb), {"rows": submitted.pk, "reason": "x"}).status_code == 403
    assert state(submitted) == ("submitted", "internal")


@pytest.mark.parametrize("verb", ["verify", "return", "publish", "unpublish"])
def test_a_superuser_without_the_ministrys_role_reviews_nothing(verb, client, boss, submitted):
    client.force_login(boss)

    assert client.post(step(verb), {"rows": submitted.pk, "reason": "x"}).status_code == 403
    page = client.get(LIST)
    assert page.context["action_form"] is None  # no step is offered at all
    assert state(submitted)[0] == "submitted"


def test_a_step_needs_the_forms_token(ministry, submitted):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ministry)

    assert client.post(step("verify"), {"rows": [submitted.pk]}).status_code == 403
    assert state(submitted)[0] == "submitted"


@pytest.mark.parametrize("rows", [[], ["x"], ["0"], ["99999999999999999999"]])
def test_odd_rows_lead_back_to_the_list(rows, client, ministry, submitted):
    client.force_login(ministry)

    assert client.get(step("verify"), {"rows": rows}).headers["Location"] == LIST
    assert client.post(step("verify"), {"rows": rows}).headers["Location"] == LIST


def withdrawn(stage, ministry):
    Participation.objects.filter(pk=stage.participation_id).update(
        status="withdrawn", status_reason="Mundur."
    )
    return "verify"


def own(stage, ministry):
    stage.submitted_by.memberships.filter(role="signer").update(role="ministry", regency=None)
    return "verify"


def already_public(stage, ministry):
    stages.publish(stages.verify(stage, by=ministry), by=ministry)
    return "publish"


@pytest.mark.parametrize("prepare", [withdrawn, own, already_public])
def test_a_row_that_will_be_skipped_says_why_in_the_rules_own_words(
    prepare, client, ministry, submitted
):
    verb = prepare(submitted, ministry)
    person = submitted.submitted_by if prepare is own else ministry
    submitted.refresh_from_db()
    client.force_login(person)
    with translation.override("id"):
        (deed,) = [deed for deed in STAGE_DEEDS if deed.verb == verb]
        (reason,) = deed.refusals([submitted], by=person).values()

    response = client.get(step(verb), {"rows": submitted.pk})
    page = response.content.decode()

    assert reason
    assert escape(reason) in page
    assert [stage.refusal for stage in response.context["rows"]] == [reason]
    assert f'action="{step(verb)}"' not in page  # nothing fits, so there is no button
    assert outcome(client.post(step(verb), {"rows": submitted.pk})) == [(submitted.pk, False)]


def test_where_some_rows_fit_the_others_say_that_they_are_skipped(
    client, ministry, submitted, draft
):
    client.force_login(ministry)

    response = client.get(step("verify"), {"rows": [submitted.pk, draft.pk]})

    refusals = {stage.pk: stage.refusal for stage in response.context["rows"]}
    assert refusals[submitted.pk] is None
    assert refusals[draft.pk]
    assert f'action="{step("verify")}"' in response.content.decode()


def test_more_rows_than_fit_into_one_step_are_named_and_nothing_is_lost(client, ministry, cohort):
    for number in range(1, 52):
        code = f"33.{number:02}"
        Participation.objects.create(regency=make_regency(code), cohort=cohort)
    opening.open_stages(cohort, by=None)
    everything = list(BimtekStage.objects.values_list("pk", flat=True))
    assert len(everything) == 204
    client.force_login(ministry)
    narrowed = f"{LIST}?cohort={cohort.pk}"
    whole_list = {"action": "verify", "_selected_action": everything[0], "select_across": "1"}

    from_list = client.post(narrowed, whole_list)
    typed = client.post(step("verify"), {"rows": everything})

    assert from_list.headers["Location"] == narrowed
    assert typed.headers["Location"] == LIST
    words = [str(message) for message in get_messages(typed.wsgi_request)]
    assert len(words) == 2
    assert all("204" in text and "200" in text for text in words)
    assert not Transition.objects.exists()


def test_as_many_rows_as_fit_go_through(client, ministry, submitted, draft, monkeypatch):
    monkeypatch.setattr("regencies.admin.deeds.MOST_ROWS", 2)
    client.force_login(ministry)

    response = client.post(step("verify"), {"rows": [submitted.pk, draft.pk]})

    assert len(outcome(response)) == 2


def test_an_unknown_step_does_not_exist(client, ministry, submitted):
    client.force_login(ministry)

    assert client.get(step("submit"), {"rows": submitted.pk}).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_takes_the_same_queries_however_many_rows(
    count, client, ministry, cohort, django_assert_num_queries
):
    rows = [
        stage_of(make_participation(make_regency(f"33.{number:02}"), cohort)).pk
        for number in range(1, count + 1)
    ]
    client.force_login(ministry)

    with django_assert_num_queries(4):
        response = client.get(step("return"), {"rows": rows})

    assert len(response.context["rows"]) == count


def sent_by(response):
    """What the form of the page would send: the rows and the versions beside them."""
    page = response.content.decode()
    inputs = re.findall(r'<input type="hidden" name="((?:rows|seen-)\S*)" value="(\d+)"', page)
    return {name: [value for found, value in inputs if found == name] for name, _value in inputs}


def submit_anew(stage):
    signer = stage.submitted_by
    return stages.submit(stages.withdraw(stage, by=signer), by=signer)


@pytest.mark.parametrize("way", ["link", "list", "change page"])
@pytest.mark.parametrize("verb", ["verify", "return"])
def test_a_version_submitted_meanwhile_is_not_decided_unread(
    verb, way, client, ministry, submitted, other
):
    client.force_login(ministry)
    rows = [submitted.pk, other.pk]
    if way == "link":
        asked = client.get(step(verb), {"rows": rows})
    elif way == "list":
        asked = client.post(LIST, {"action": verb, "_selected_action": rows})
    else:
        read = client.get(reverse("admin:programs_bimtekstage_change", args=[submitted.pk]))
        link = f"{step(verb)}?rows={submitted.pk}&amp;seen-{submitted.pk}=1"
        assert f'href="{link}&amp;_back=' in read.content.decode()
        submit_anew(submitted)
        asked = client.get(f"{html.unescape(link)}&rows={other.pk}")
        assert asked.context["rows"][0].newest == 2
    if way != "change page":
        submit_anew(submitted)

    response = client.post(step(verb), sent_by(asked) | {"reason": "Lengkapi"})

    words = {stage.pk: text for stage, _done, text in response.context["results"]}
    assert dict(outcome(response)) == {submitted.pk: False, other.pk: True}
    assert "2" in words[submitted.pk]
    assert state(submitted)[0] == "submitted"
    assert state(other)[0] == {"verify": "verified", "return": "returned"}[verb]


def test_a_first_submission_after_the_page_was_opened_is_not_verified(client, ministry, stage):
    client.force_login(ministry)
    asked = client.get(step("verify"), {"rows": stage.pk})
    make_submitted(stage)

    response = client.post(step("verify"), {"rows": stage.pk, f"seen-{stage.pk}": "0"})

    assert asked.context["rows"][0].seen == "0"
    assert outcome(response) == [(stage.pk, False)]
    assert state(stage)[0] == "submitted"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "²"])
def test_an_odd_version_verifies_nothing(version, client, ministry, submitted):
    client.force_login(ministry)

    response = client.post(step("verify"), {"rows": submitted.pk, f"seen-{submitted.pk}": version})

    assert outcome(response) == [(submitted.pk, False)]
    assert state(submitted)[0] == "submitted"


def test_a_page_drawn_again_keeps_to_the_version_that_was_read(client, ministry, submitted):
    client.force_login(ministry)
    sent = sent_by(client.get(step("return"), {"rows": submitted.pk}))
    submit_anew(submitted)

    again = client.post(step("return"), sent | {"reason": ""})
    response = client.post(step("return"), sent_by(again) | {"reason": "Lengkapi"})

    assert sent_by(again) == sent
    assert outcome(response) == [(submitted.pk, False)]


@pytest.mark.parametrize("verb", ["verify", "return"])
def test_the_form_that_was_read_goes_through(verb, client, ministry, submitted):
    submit_anew(submitted)
    client.force_login(ministry)
    asked = client.get(step(verb), {"rows": submitted.pk})

    response = client.post(step(verb), sent_by(asked) | {"reason": "Lengkapi"})

    assert sent_by(asked)[f"seen-{submitted.pk}"] == ["2"]
    assert outcome(response) == [(submitted.pk, True)]


def test_the_buttons_of_a_stage_name_its_newest_version(client, ministry, submitted, signer):
    stages.withdraw(submitted, by=signer)
    stages.submit(submitted, by=signer)
    client.force_login(ministry)

    page = client.get(reverse("admin:programs_bimtekstage_change", args=[submitted.pk]))

    address = f"{step('verify')}?rows={submitted.pk}&amp;seen-{submitted.pk}=2"
    assert address in page.content.decode()
