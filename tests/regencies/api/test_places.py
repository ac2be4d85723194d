import pytest

from regencies.models import FormerCode, Regency, RegencyAlias
from tests import factories
from tests.api_clients import caller

HOST = "http://testserver/api/v1"


@pytest.fixture
def places(regency, elsewhere):
    RegencyAlias.objects.create(regency=regency, name="Purwodadi", key="purwodadi")
    FormerCode.objects.create(regency=regency, code="33.99")
    factories.make_regency("35.76", name="Mojokerto", official_name="Kota Mojokerto")
    Regency.objects.create(
        code="33",
        kind="provinsi",
        name="Jateng",
        official_name="Provinsi Jateng",
        province=regency.province,
    )


def codes(response):
    assert response.status_code == 200, response.json()
    body = response.json()
    assert body["count"] == len(body["results"])
    return [row["code"] for row in body["results"]]


@pytest.mark.parametrize("who", [None, "stranger", "ministry"])
def test_places_are_the_same_for_everybody(who, places, request):
    client = caller(who and request.getfixturevalue(who))

    assert client.get("/api/v1/provinces/33/").json() == {
        "url": f"{HOST}/provinces/33/",
        "code": "33",
        "name": "Provinsi 33",
        "iso_code": "ID-33",
        "zone": "Asia/Jakarta",
    }
    assert client.get("/api/v1/regencies/33.15/").json() == {
        "url": f"{HOST}/regencies/33.15/",
        "code": "33.15",
        "kind": "kabupaten",
        "name": "Grobogan",
        "official_name": "Kabupaten Grobogan",
        "province": "33",
        "is_administrative": False,
        "capital": "",
        "latitude": None,
        "longitude": None,
        "aliases": ["Purwodadi"],
        "former_codes": ["33.99"],
    }
    assert codes(client.get("/api/v1/provinces/")) == ["33", "35"]
    assert codes(client.get("/api/v1/regencies/")) == ["33", "33.15", "35.16", "35.76"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=kota", ["35.76"]),
        ("province=35", ["35.16", "35.76"]),
        ("province=35&kind=kabupaten", ["35.16"]),
        ("search=mojokerto", ["35.16", "35.76"]),
        ("search=kota%20mojokerto", ["35.76"]),
        ("search=Kab.%20Grobogan", ["33.15"]),
        ("search=purwo", ["33.15"]),
        ("search=nowhere", []),
        ("ordering=-code", ["35.76", "35.16", "33.15", "33"]),
        ("ordering=name", ["33.15", "33", "35.16", "35.76"]),
    ],
)
def test_regencies_are_found_by(query, found, places):
    assert codes(caller().get(f"/api/v1/regencies/?{query}")) == found


def test_a_province_that_takes_part_is_a_regency_too(places):
    assert caller().get("/api/v1/regencies/33/").json()["kind"] == "provinsi"


@pytest.mark.parametrize("rows", [1, 30])
def test_a_page_costs_the_same_whatever_its_size(rows, db, django_assert_num_queries):
    for place in range(rows):
        factories.make_regency(f"33.{place + 1:02}")

    with django_assert_num_queries(4):  # count, rows, aliases, former codes
        response = caller().get("/api/v1/regencies/")

    assert len(codes(response)) == rows
