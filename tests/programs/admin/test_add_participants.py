import pytest
from django.urls import reverse
from django.utils.translation import gettext

from programs.models import Participation
from tests import factories


@pytest.fixture
def page(cohort):
    return reverse("admin:programs_cohort_participants", args=[cohort.pk])


def test_regions_in_any_spelling_take_part_after_a_look_at_every_row(
    client, ministry, regency, elsewhere, cohort, page
):
    Participation.objects.create(regency=elsewhere, cohort=cohort)
    client.force_login(ministry)
    typed = {"names": "pemkab grobogan\n\nKab. Mojokerto\n33.15"}

    preview = client.post(page, typed)
    rows = [place.pk for place, _there in preview.context["rows"]]
    assert Participation.objects.count() == 1
    done = client.post(page, typed | {"rows": rows, "_confirm": "yes"})

    assert preview.context["rows"] == [
        (regency, ""),
        (elsewhere, gettext("It takes part already.")),
    ]
    assert [(row.regency, row.is_new) for row in done.context["results"]] == [
        (regency, True),
        (elsewhere, False),
    ]
    assert Participation.objects.filter(cohort=cohort).count() == 2


def test_only_what_the_preview_showed_takes_part(client, ministry, regency, elsewhere, page):
    client.force_login(ministry)

    client.post(page, {"names": "33.15\n35.16", "rows": [regency.pk], "_confirm": "yes"})

    assert [row.regency for row in Participation.objects.all()] == [regency]


def test_unknown_names_are_told_in_one_sentence_with_their_lines(
    client, ministry, regency, cohort, page
):
    factories.make_regency("12.75", name="Binjai", official_name="Kota Binjai")
    client.force_login(ministry)
    typed = "Kab. Binjai\nGrobogan\nAtlantis\nKab. Binjai"

    (error,) = client.post(page, {"names": typed}).context["form"].errors["names"]

    assert error.index("1, 4") < error.index("Kota Binjai (12.75)") < error.index("Atlantis")
    assert not Participation.objects.exists()


def test_the_guided_path_leads_there_and_an_officer_may_not(
    client, ministry, officer, cohort, page
):
    client.force_login(ministry)
    path = client.get(reverse("admin:programs_cohort_prepare", args=[cohort.pk]))
    assert f'href="{page}"' in path.content.decode()

    client.force_login(officer)
    assert client.get(page).status_code == 403
