import pytest
from django.urls import reverse

from programs.domain import schemes
from programs.models import EvaluationScheme
from tests.nouns import honours

LIST = honours.list_of(EvaluationScheme)
PUBLISH = reverse("admin:programs_evaluationscheme_step", args=["publish"])
PARTS = [("Baseline", "10"), ("Output", "90")]


def form_of(parts=PARTS, **fields):
    data = {"slug": "2021", "name": "Pedoman 2021", "highest_score": "4"}
    data |= {"components-TOTAL_FORMS": len(parts), "components-INITIAL_FORMS": 0}
    for number, (name, weight) in enumerate(parts):
        data |= {
            f"components-{number}-position": number + 1,
            f"components-{number}-name": name,
            f"components-{number}-slug": name.lower(),
            f"components-{number}-weight": weight,
        }
    return data | fields


def ask_to_publish(client, scheme):
    return client.post(LIST, {"action": "publish", "_selected_action": scheme.pk})


def test_a_scheme_is_added_with_its_components_by_the_ministry_alone(client, ministry, officer):
    client.force_login(officer)
    assert client.post(honours.adding(EvaluationScheme), form_of()).status_code == 403

    client.force_login(ministry)
    response = client.post(honours.adding(EvaluationScheme), form_of(), follow=True)

    assert schemes.weights(EvaluationScheme.objects.get()) == "Baseline 10 · Output 90"
    assert [message.level_tag for message in response.context["messages"]] == ["success"]


def test_a_sum_that_is_not_100_is_saved_and_said(client, ministry):
    client.force_login(ministry)

    form = form_of([("Baseline", "10"), ("Output", "80.5")])
    response = client.post(honours.adding(EvaluationScheme), form, follow=True)

    (warning,) = (m for m in response.context["messages"] if m.level_tag == "warning")
    assert "90,5" in str(warning)
    page = client.get(honours.page_of(EvaluationScheme.objects.get())).content.decode()
    assert "90,5" in page and "9,5" in page  # noqa: PT018


def test_publishing_asks_first_and_says_what_freezing_means(client, ministry):
    scheme = honours.make_scheme()
    client.force_login(ministry)

    asked = ask_to_publish(client, scheme)
    assert schemes.weights(scheme) in asked.content.decode()
    scheme.refresh_from_db()
    assert scheme.published_at is None
    client.post(PUBLISH, {"rows": scheme.pk, f"seen-{scheme.pk}": schemes.weights(scheme)})

    scheme.refresh_from_db()
    assert scheme.published_by == ministry


def test_what_was_not_shown_is_not_published(client, ministry):
    scheme = honours.make_scheme()
    client.force_login(ministry)

    for seen in ("Baseline 100", ""):
        client.post(PUBLISH, {"rows": scheme.pk, f"seen-{scheme.pk}": seen})

    scheme.refresh_from_db()
    assert scheme.published_at is None


def test_a_scheme_short_of_100_cannot_be_published(client, ministry):
    scheme = honours.make_scheme(weights=[("Baseline", 90)])
    client.force_login(ministry)

    asked = ask_to_publish(client, scheme)

    assert not asked.context["any_fits"]
    assert "90" in asked.context["rows"][0].refusal


def test_a_superuser_publishes_nothing(client, boss):
    scheme = honours.make_scheme()
    client.force_login(boss)

    assert client.post(PUBLISH, {"rows": scheme.pk}).status_code == 403

    scheme.refresh_from_db()
    assert scheme.published_at is None


def test_a_published_scheme_is_only_read(client, ministry):
    scheme = honours.make_published_scheme()
    client.force_login(ministry)

    page = client.get(honours.page_of(scheme))
    changed = client.post(honours.page_of(scheme), form_of(name="Lain"))
    delete = client.get(reverse("admin:programs_evaluationscheme_delete", args=[scheme.pk]))

    assert (page.status_code, changed.status_code, delete.status_code) == (200, 403, 403)
    assert 'name="_save"' not in page.content.decode()


def test_a_copy_is_the_way_to_change_a_frozen_one(client, ministry):
    scheme = honours.make_published_scheme()
    address = reverse("admin:programs_evaluationscheme_copy", args=[scheme.pk])
    client.force_login(ministry)

    taken = client.post(address, {"name": "Lagi", "slug": scheme.slug})
    response = client.post(address, {"name": "Pedoman 2024", "slug": "2024"})

    assert list(taken.context["form"].errors) == ["slug"]
    new = EvaluationScheme.objects.get(slug="2024")
    assert response.headers["Location"] == honours.page_of(new)
    assert (schemes.weights(new), new.published_at) == (schemes.weights(scheme), None)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_however_long(
    count, client, ministry, django_assert_num_queries
):
    for number in range(count):
        honours.make_scheme(f"s{number}")
    client.force_login(ministry)

    with django_assert_num_queries(7):
        response = client.get(LIST)

    assert len(response.context["cl"].result_list) == count
