import pytest
from django.urls import reverse

from regencies.models import Regency, RegencyAlias


@pytest.fixture
def change(client, ministry, regency):
    """Post the regency's form with these spellings as new rows."""

    def post(*names):
        client.force_login(ministry)
        fields = {
            name: getattr(regency, name) for name in ("code", "kind", "name", "official_name")
        }
        fields |= {
            "province": regency.province_id,
            "aliases-TOTAL_FORMS": len(names),
            "aliases-INITIAL_FORMS": 0,
            "former_codes-TOTAL_FORMS": 0,
            "former_codes-INITIAL_FORMS": 0,
        }
        fields |= {f"aliases-{number}-name": name for number, name in enumerate(names)}
        return client.post(reverse("admin:regencies_regency_change", args=[regency.pk]), fields)

    return post


def test_a_new_spelling_gets_its_matching_key(change, regency):
    assert change("Kab. Grobogan-Purwodadi").status_code == 302

    assert RegencyAlias.objects.get().key == "kabgroboganpurwodadi"


def test_a_spelling_that_names_another_regency_is_refused_with_its_name(change, elsewhere):
    RegencyAlias.objects.create(regency=elsewhere, name="Majapahit", key="majapahit")

    response = change("MAJA PAHIT")

    assert response.status_code == 200
    assert "Kabupaten Mojokerto" in response.content.decode()
    assert RegencyAlias.objects.count() == 1


@pytest.mark.parametrize("names", [["Purwodadi", "PURWO DADI"], ["—"]])
def test_double_and_empty_spellings_are_refused(names, change):
    assert change(*names).status_code == 200

    assert not RegencyAlias.objects.exists()


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_however_long(
    count, client, ministry, regency, django_assert_num_queries
):
    for number in range(1, count):
        Regency.objects.create(
            code=f"33.{number + 15:02}",
            kind="kabupaten",
            name=f"Daerah {number}",
            official_name=f"Kabupaten Daerah {number}",
            province=regency.province,
        )
    client.force_login(ministry)

    with django_assert_num_queries(9):
        response = client.get(reverse("admin:regencies_regency_changelist"))

    assert len(response.context["cl"].result_list) == count
