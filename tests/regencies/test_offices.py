import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from regencies.models import OfficeTerm
from tests.factories import make_agency
from tests.nouns.offices import YEAR_2016, make_term

IN_2016 = dt.date(2016, 6, 1)


@pytest.mark.parametrize(
    "second",
    [
        {"is_acting": True, "starts_on": IN_2016},
        {"starts_on": dt.date(2017, 1, 1)},
        {"starts_on": None, "ends_on": IN_2016},
        {"title": "Wakil Bupati", "starts_on": IN_2016},
    ],
    ids=["acting beside", "the day after", "beginning unknown", "another office"],
)
def test_two_terms_that_may_stand_side_by_side(regency, second):
    make_term(regency, **YEAR_2016)

    make_term(regency, person="Budi", **second)

    assert OfficeTerm.objects.count() == 2


def test_the_same_office_in_another_region_or_agency_is_another_office(regency, elsewhere):
    health, education = make_agency(regency, "Dinas Kesehatan"), make_agency(regency, "Disdik")
    head = {"title": "Kepala Dinas"} | YEAR_2016

    make_term(regency, agency=health, **head)
    make_term(regency, person="Budi", agency=education, **head)
    make_term(elsewhere, person="Tono", **head)

    with pytest.raises(IntegrityError, match="one_holder_at_a_time"), transaction.atomic():
        make_term(regency, person="Wati", agency=health, **head)


def test_an_office_of_a_ministry_has_one_holder_too(db):
    dirjen = {"body": "Kominfo", "title": "Dirjen Aplikasi Informatika"} | YEAR_2016
    make_term(None, person="Semuel", other_spellings=["Samuel Abrijani Pangarepan"], **dirjen)

    with pytest.raises(IntegrityError, match="one_holder_at_a_time"), transaction.atomic():
        make_term(None, person="Budi", **dirjen)


def test_the_form_says_so_before_the_database_does(regency):
    make_term(regency, **YEAR_2016)
    second = OfficeTerm(regency=regency, person="Budi", title="Bupati", starts_on=IN_2016)

    with pytest.raises(ValidationError) as refusal:
        second.full_clean()
    assert refusal.value.message_dict == {
        "__all__": [
            (
                "Jabatan ini dipegang orang lain pada masa itu. Akhiri dahulu masa jabatan itu, "
                "atau tandai yang ini sebagai Plt."
            )
        ]
    }


def test_the_list_finds_a_person_by_another_spelling(client, ministry, db):
    make_term(None, person="Semuel", other_spellings=["Samuel Abrijani"], body="Kominfo")
    client.force_login(ministry)

    page = client.get(reverse("admin:regencies_officeterm_changelist"), {"q": "samuel abri"})

    assert [term.person for term in page.context["cl"].result_list] == ["Semuel"]
