"""Sources, statements and contradictions: what the tests that walk over all nouns ask."""

import datetime as dt

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from programs.models import Contradiction, Source, Statement
from tests import factories

ADMIN = {
    "programs_statement": "200 200 200 200 200",
    "programs_contradiction": "200 200 200 200 200",
}
OWN = {
    ("programs_contradiction_compare", "get"): 200,
    ("programs_contradiction_compare", "post"): 405,
}
OWN_ADDRESSES = {}
for _noun in ("statement", "contradiction"):
    OWN |= {
        (f"programs_{_noun}_import", "get"): 200,
        (f"programs_{_noun}_import", "post"): 200,
        (f"programs_{_noun}_process_import", "get"): 302,
        (f"programs_{_noun}_process_import", "post"): 302,
        (f"programs_{_noun}_export", "get"): 200,
        (f"programs_{_noun}_export", "post"): 405,
    }
    OWN_ADDRESSES[f"programs_{_noun}_export"] = lambda rows: (["csv"], {})


def state(record, field="", stated="2022-09-29", source=None, **fields):
    return Statement.objects.create(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        field=field,
        stated=stated,
        source=source or factories.make_source(),
        **fields,
    )


def make_contradiction(code="I2", **fields):
    return Contradiction.objects.create(code=code, summary="Hari dan tanggal", **fields)


def rows(world):
    source = factories.make_source("https://example.org/pernyataan")
    return {
        "programs_statement": state(world.participation, "note", source=source),
        "programs_contradiction": make_contradiction(),
    }


def twice(make):
    make()
    with transaction.atomic():
        make()


def chosen(world, **fields):
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return state(world.cohort, "note", chosen_at=now, chosen_by=world.ministry, **fields)


BREAK = {
    "programs_source_address_once": lambda w: twice(
        lambda: Source.objects.create(publisher="Koran", address="https://example.org/1")
    ),
    "programs_source_slug_once": lambda w: twice(
        lambda: Source.objects.create(publisher="Koran", slug="koran")
    ),
    "programs_source_can_be_cited": lambda w: Source.objects.create(publisher="Koran"),
    "programs_statement_once": lambda w: twice(lambda: state(w.cohort, "note")),
    "programs_statement_has_source": lambda w: Statement.objects.filter(
        pk=state(w.cohort).pk
    ).update(source=None),
    "programs_statement_weekday_1_to_7": lambda w: state(w.cohort, weekday=8),
    "programs_statement_choice_is_signed": lambda w: state(w.cohort, chosen_by=w.ministry),
    "programs_statement_one_choice_per_field": lambda w: (
        chosen(w, stated="satu"),
        chosen(w, stated="dua"),
    ),
}
