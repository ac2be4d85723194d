import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from regencies.domain.resolving import (
    AmbiguousNameError,
    Resolver,
    UnknownNameError,
    fold,
    resolve,
)
from regencies.models import FormerCode, RegencyAlias
from tests import factories
from tests.regencies import reference

PREFIXES = {
    "kabupaten": [
        "Kabupaten",
        "Kab.",
        "Kab",
        "KAB",
        "Pemkab",
        "Pemkab.",
        "Pemerintah Kabupaten",
        "Pemerintah Kab.",
        "Pemda Kab.",
        "Pemda Kabupaten",
        "Pemerintah Daerah Kabupaten",
    ],
    "kota": [
        "Kota",
        "KOTA",
        "Kotamadya",
        "Pemkot",
        "Pemkot.",
        "Pemerintah Kota",
        "Pemda Kota",
        "Pemerintah Daerah Kota",
    ],
    "provinsi": ["Provinsi", "Prov.", "Pemprov", "Pemerintah Provinsi", "Pemda Provinsi"],
}
ENGLISH = {"kabupaten": "Regency", "kota": "City", "provinsi": "Province"}
BOTH_KINDS = [
    *["Bandung", "Banjar", "Bekasi", "Bima", "Blitar", "Bogor", "Cirebon", "Gorontalo"],
    *["Jayapura", "Kediri", "Kupang", "Madiun", "Magelang", "Malang", "Mojokerto", "Pasuruan"],
    *["Pekalongan", "Probolinggo", "Semarang", "Serang", "Solok", "Sorong", "Sukabumi"],
    *["Tangerang", "Tasikmalaya", "Tegal"],
]

places = st.sampled_from(reference.regencies())


def code_of(text, **narrowing):
    return reference.resolver().resolve(text, **narrowing).code


@st.composite
def disguised(draw, text):
    """The same words in any case, with any spaces, points and hyphens between them."""
    words = [draw(st.sampled_from([w, w.upper(), w.lower(), w.swapcase()])) for w in text.split()]
    gaps = st.sampled_from([" ", "  ", "\t", "\n", "-", " - ", ". ", "\u00a0", ""])
    edges = st.sampled_from(["", " ", "\t ", "."])
    joined = "".join(word + draw(gaps) for word in words[:-1]) + words[-1]
    return draw(edges) + joined + draw(edges)


@given(place=places, data=st.data())
def test_every_official_name_resolves_to_itself_in_any_case_and_spacing(place, data):
    assert code_of(data.draw(disguised(place.official_name))) == place.code


@given(place=places, data=st.data())
def test_every_name_resolves_to_itself_with_any_prefix_of_its_kind(place, data):
    prefix = data.draw(st.sampled_from(PREFIXES[place.kind]))

    assert code_of(data.draw(disguised(f"{prefix} {place.name}"))) == place.code
    assert code_of(f"{place.name} {ENGLISH[place.kind]}") == place.code


def test_every_place_resolves_by_name_with_kind_and_by_code():
    expected = {
        spelling: place.code
        for place in reference.regencies()
        for spelling in [
            place.official_name,
            *(f"{prefix} {place.name}" for prefix in PREFIXES[place.kind]),
            f"{place.name} {ENGLISH[place.kind]}",
            place.code,
            place.code.replace(".", ""),
        ]
    }

    assert len(expected) > 6900
    assert {spelling: code_of(spelling) for spelling in expected} == expected


def test_every_bare_name_that_only_one_place_has_resolves():
    expected = {
        place.name: place.code for place in reference.regencies() if place.name not in BOTH_KINDS
    }

    assert len(expected) == 516 - 2 * 26
    assert {name: code_of(name) for name in expected} == expected


@pytest.mark.parametrize("name", BOTH_KINDS)
def test_a_name_that_is_both_kinds_is_refused_with_exactly_its_candidates(name):
    expected = sorted(p.code for p in reference.regencies() if p.name == name)

    for spelling in (name, name.upper(), f" {name.lower()} ", f"Pemda {name}"):
        with pytest.raises(AmbiguousNameError) as refusal:
            code_of(spelling)
        assert [place.code for place in refusal.value.candidates] == expected
    assert len(expected) == 2


def test_the_names_that_are_both_kinds_are_26():
    names = [p.name for p in reference.regencies()]

    assert sorted({name for name in names if names.count(name) > 1}) == sorted(BOTH_KINDS)
    assert len(BOTH_KINDS) == 26


def test_every_alias_resolves():
    expected = {row["name"]: row["code"] for row in reference.rows("aliases.csv")}

    assert {name: code_of(name) for name in expected} == expected
    assert {name: code_of(f"  {name.upper()}.") for name in expected} == expected


def test_no_two_aliases_share_a_matching_key():
    keys = [fold(row["name"]) for row in reference.rows("aliases.csv")]

    assert len(keys) == len(set(keys)) == 301


def test_every_former_code_resolves_to_the_regency_of_today():
    expected = {row["former_code"]: row["code"] for row in reference.rows("former_codes.csv")}

    assert len(expected) == 26
    assert {code: code_of(code) for code in expected} == expected
    assert {code: code_of(code.replace(".", "")) for code in expected} == expected


def test_a_code_in_use_wins_over_the_same_code_in_the_past():
    resolver = Resolver(reference.regencies(), former_codes=[("33.15", "33.16")])

    assert resolver.resolve("33.15").code == "33.15"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kab. Grobogan", "33.15"),
        ("KAB GROBOGAN", "33.15"),
        ("Pemkab Grobogan", "33.15"),
        ("Kota Batu", "35.79"),
        ("Kab. Kotabaru", "63.02"),
        ("Kota Baru", "63.02"),
        ("Kotabaru", "63.02"),
        ("Kotamobagu", "71.74"),
        ("Kota Kotamobagu", "71.74"),
        ("Kota Mobagu", "71.74"),
        ("Kotawaringin Barat", "62.01"),
        ("Pangkep", "73.10"),
        ("Pemkab Pangkep", "73.10"),
        ("Pangkajene & Kepulauan", "73.10"),
        ("Pemkot Solo", "33.72"),
        ("Pemkot Ambon", "81.71"),
        ("PEMKOT AMBON", "81.71"),
        ("Pontianak", "61.71"),
        ("Kab. Pontianak", "61.02"),
        ("Kota Adm. Jakarta Pusat", "31.71"),
        ("Pemkot Administrasi Jakarta Pusat", "31.71"),
        ("Kab. Adm. Kepulauan Seribu", "31.01"),
        ("Pemprov Jabar", "32"),
        ("Pemerintah Provinsi Jawa Barat", "32"),
        ("Yogyakarta", "34.71"),
        ("D. I. Yogyakarta", "34"),
        ("Paré-Paré", "73.72"),
    ],
)
def test_names_that_a_careless_rule_gets_wrong(text, code):
    assert code_of(text) == code


@pytest.mark.parametrize(
    "text",
    [
        *["", " ", ".", "Kota", "Kab.", "Pemda", "Kota Grobogan", "Kab. Batu", "Kota Kotabaru"],
        *["Baru", "Kota Adm. Bogor", "Provinsi Jambi", "Pemprov Gorontalo", "Atlantis"],
        *["99.99", "33", "33.1", "33.155"],
    ],
)
def test_a_name_that_is_nobodys_is_unknown(text):
    with pytest.raises(UnknownNameError):
        code_of(text)


@given(text=st.text())
def test_any_text_resolves_or_is_refused_in_words(text):
    try:
        outcome = code_of(text)
    except (UnknownNameError, AmbiguousNameError) as refusal:
        outcome = str(refusal)

    assert outcome


@pytest.mark.parametrize(
    ("text", "province", "code"),
    [("Banjar", "32", "32.79"), ("Banjar", "63", "63.03"), ("Merauke", "93", "93.01")],
)
def test_the_province_decides_between_namesakes(text, province, code):
    assert code_of(text, province=reference.provinces()[province]) == code


def test_the_province_alone_does_not_decide_between_kabupaten_and_kota():
    with pytest.raises(AmbiguousNameError):
        code_of("Bogor", province=reference.provinces()["32"])


def test_a_name_in_another_province_is_unknown():
    with pytest.raises(UnknownNameError):
        code_of("Grobogan", province=reference.provinces()["35"])


def test_a_refusal_names_the_candidates_and_says_what_to_do():
    with translation.override("en"), pytest.raises(AmbiguousNameError) as refusal:
        code_of("banjar")

    assert str(refusal.value) == (
        "“banjar” can be Kota Banjar (32.79), Kabupaten Banjar (63.03). "
        "Write the full name or the code."
    )


@pytest.mark.parametrize("count", [1, 3])
def test_resolving_from_the_database_takes_three_queries(db, count, django_assert_num_queries):
    for number in range(count):
        regency = factories.make_regency(f"33.{15 + number}")
        RegencyAlias.objects.create(regency=regency, name=f"Alias {number}", key=f"alias{number}")
        FormerCode.objects.create(regency=regency, code=f"99.{number:02}")

    with django_assert_num_queries(3):
        assert resolve("Alias 0").code == "33.15"
    assert resolve("99.00").code == "33.15"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kab. Langkt", ["Kabupaten Langkat"]),
        ("Kabupten Langkat", ["Kabupaten Langkat"]),
        ("Kab. Binjai", ["Kota Binjai"]),  # the right name with the other kind
        ("Kab. Pangkp", ["Kabupaten Pangkajene dan Kepulauan"]),  # an alias, mistyped
        ("Kota Magelng", ["Kota Magelang", "Kabupaten Magelang"]),  # the kind written goes first
        ("Atlantis", []),
        ("99.99", []),
    ],
)
def test_a_name_nobody_has_comes_back_with_those_it_is_like(text, names):
    with pytest.raises(UnknownNameError) as refusal:
        code_of(text)

    assert [place.official_name for place in refusal.value.close] == names
    assert all(name in str(refusal.value) for name in names)


def test_only_so_many_unknown_names_are_compared_with_every_name():
    resolver = Resolver([next(p for p in reference.regencies() if p.name == "Langkat")])
    close = []
    for number in range(120):
        with pytest.raises(UnknownNameError) as refusal:
            resolver.resolve(f"Langkat{number}")
        close.append(len(refusal.value.close))

    assert close == [1] * 100 + [0] * 20
