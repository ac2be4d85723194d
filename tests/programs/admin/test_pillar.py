import pytest
from django.urls import reverse

from programs.models import Pillar, PillarAlias
from tests.nouns import plans


@pytest.fixture
def living(db):
    plans.make_pillars()
    pillar = Pillar.objects.get(slug="living")
    plans.make_part(pillar, 1, "harmony", "Harmony")
    return pillar


def send(client, pillar, *words, **fields):
    part = pillar.sub_dimensions.get()
    sent = {
        "name": pillar.name,
        "sub_dimensions-TOTAL_FORMS": 1,
        "sub_dimensions-INITIAL_FORMS": 1,
        "sub_dimensions-0-id": part.pk,
        "sub_dimensions-0-pillar": pillar.pk,
        "sub_dimensions-0-position": 1,
        "sub_dimensions-0-name": part.name,
        "sub_dimensions-0-slug": part.slug,
        "aliases-TOTAL_FORMS": len(words),
        "aliases-INITIAL_FORMS": 0,
    }
    sent |= {f"aliases-{number}-name": word for number, word in enumerate(words)}
    address = reverse("admin:programs_pillar_change", args=[pillar.pk])
    return client.post(address, sent | fields)


def test_another_word_is_kept_with_its_key(client, ministry, living):
    client.force_login(ministry)

    response = send(client, living, "Kehidupan Cerdas", name="Smart Living!")

    assert response.status_code == 302
    alias = PillarAlias.objects.get()
    assert (alias.pillar, alias.name, alias.key) == (living, "Kehidupan Cerdas", "kehidupancerdas")


@pytest.mark.parametrize(
    "words", [["Smart Economy"], ["Hidup Cerdas", "hidup-cerdas"], ["–"], ["environment"]]
)
def test_a_word_that_means_something_else_or_nothing_is_refused_beside_it(
    words, client, ministry, living
):
    client.force_login(ministry)

    response = send(client, living, *words)

    assert response.status_code == 200
    errors = response.context["inline_admin_formsets"][1].formset.errors
    assert errors[-1]["name"]
    assert PillarAlias.objects.count() == 0


def test_the_number_and_short_name_of_a_pillar_stay(client, ministry, living):
    client.force_login(ministry)

    send(client, living, position=1, slug="mobility")

    living.refresh_from_db()
    assert (living.position, living.slug) == (4, "living")


def test_there_is_no_seventh_pillar_to_add(client, ministry, living):
    client.force_login(ministry)

    assert client.post(reverse("admin:programs_pillar_add"), {"name": "x"}).status_code == 403


def test_the_list_reads_all_six_in_constant_queries(
    client, ministry, living, django_assert_num_queries
):
    client.force_login(ministry)
    with django_assert_num_queries(8):
        response = client.get(reverse("admin:programs_pillar_changelist"))

    assert len(response.context["cl"].result_list) == 6
