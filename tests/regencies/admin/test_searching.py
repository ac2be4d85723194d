import pytest
from django.urls import reverse

from regencies.admin.searching import regencies_called
from regencies.models import FormerCode, RegencyAlias
from tests.factories import make_regency


@pytest.fixture
def places(regency, elsewhere):
    pangkep = make_regency(
        "73.10",
        name="Pangkajene dan Kepulauan",
        official_name="Kabupaten Pangkajene dan Kepulauan",
    )
    RegencyAlias.objects.create(regency=pangkep, name="Pangkep", key="pangkep")
    merauke = make_regency("93.01", name="Merauke", official_name="Kabupaten Merauke")
    FormerCode.objects.create(regency=merauke, code="91.01")
    make_regency("33.75", name="Pekalongan", official_name="Kota Pekalongan")
    make_regency("33.26", name="Pekalongan", official_name="Kabupaten Pekalongan")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Kab. Grobogan", ["33.15"]),
        ("kab grob", ["33.15"]),
        ("Pemkab Grobogan", ["33.15"]),
        ("33.15", ["33.15"]),
        ("33.", ["33.15", "33.26", "33.75"]),
        ("pangkep", ["73.10"]),
        ("PANG KEP", ["73.10"]),
        ("91.01", ["93.01"]),
        ("Pekalongan", ["33.26", "33.75"]),
        ("Kota Pekalongan", ["33.75"]),
        ("Atlantis", []),
        ("…", []),
    ],
)
def test_a_region_is_found_by_any_spelling(text, codes, places):
    assert [place.code for place in regencies_called(text).order_by("code")] == codes


@pytest.mark.parametrize("name", ["regency", "agency", "officeterm", "membership"])
def test_the_lists_of_places_and_people_search_that_way(name, client, ministry, places):
    client.force_login(ministry)

    response = client.get(reverse(f"admin:regencies_{name}_changelist"), {"q": "pangkep"})

    found = [str(row) for row in response.context["cl"].result_list]
    expected = ["Kabupaten Pangkajene dan Kepulauan"] if name == "regency" else []
    assert found == expected
