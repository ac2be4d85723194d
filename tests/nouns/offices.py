"""Terms of office: one holder at a time, whoever is acting beside."""

import datetime as dt

from regencies.models import OfficeTerm

YEAR_2016 = {"starts_on": dt.date(2016, 1, 1), "ends_on": dt.date(2016, 12, 31)}


def make_term(regency, person="Sri", title="Bupati", **fields):
    return OfficeTerm.objects.create(regency=regency, person=person, title=title, **fields)


def held_twice(world):
    make_term(world.regency, **YEAR_2016)
    make_term(world.regency, person="Budi", title="BUPATI", starts_on=dt.date(2016, 12, 31))


BREAK = {
    "regencies_officeterm_of_a_region_or_a_body": lambda w: make_term(None),
    "regencies_officeterm_one_holder_at_a_time": held_twice,
}
