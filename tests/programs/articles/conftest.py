"""The founding articles, loaded over the few cohorts and regions that they speak of."""

import shutil
from contextlib import contextmanager

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse
from django.utils.html import escape

from programs.domain import statements
from programs.imports import articles, cohorts
from programs.models import Participation, Source, Statement
from tests import factories

PLACES = {
    "2017": ("14.08", "94.04"),
    "2018": ("33.15", "33.16", "16.03", "52.04"),
    "2019": ("33.14", "33.05"),
    "2022": ("35.16",),
    "2023": ("13.06", "33.28"),
}


@contextmanager
def undone_at_the_end(blocker):
    """Rows for many tests: one transaction around those of the tests, undone as a whole.

    Loading takes seconds; the tests' own transactions are savepoints inside.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def places(django_db_setup, django_db_blocker, tmp_path_factory):
    """The real cohorts, with those participants alone that a statement speaks of."""
    folder = tmp_path_factory.mktemp("cohorts")
    for path in cohorts.FOLDER.glob("*.csv"):
        shutil.copy(path, folder)
    kept = tuple(f"{year},{code}," for year, codes in PLACES.items() for code in codes)
    path = folder / "participations.csv"
    header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(header + "".join(ln for ln in lines if ln.startswith(kept)), encoding="utf-8")
    with undone_at_the_end(django_db_blocker):
        for code in {code for codes in PLACES.values() for code in codes}:
            factories.make_regency(code)
        cohorts.load(folder)
        yield


@pytest.fixture(scope="module")
def loaded(places, django_db_blocker):
    with undone_at_the_end(django_db_blocker):
        articles.load()
        yield


@pytest.fixture(autouse=True)
def in_a_savepoint(db):
    """Each test's own changes are undone before the next."""


@pytest.fixture
def participation_of(loaded):
    def find(year, code):
        return Participation.objects.get(cohort__year=year, regency__code=code)

    return find


@pytest.fixture
def said(loaded):
    """What one source says of a record: {field: {values}}, or all of one field."""

    def find(record, slug, field=None):
        kind = ContentType.objects.get_for_model(record)
        rows = Statement.objects.filter(
            content_type=kind, object_id=record.pk, source__slug=slug
        ).values_list("field", "stated")
        if field is not None:
            return [stated for name, stated in rows if name == field]
        return dict(rows)

    return find


@pytest.fixture
def admin_page(client, ministry):
    """The text of an admin page, as the ministry reads it."""

    def read(name, *args, **query):
        client.force_login(ministry)
        response = client.get(reverse(f"admin:{name}", args=args), query)
        assert response.status_code == 200
        return response.content.decode()

    return read


@pytest.fixture
def missing_on_pages(admin_page):
    """The facts of an article that neither the participation's life nor the article's page show.

    The life shows what is said of the region and its cohort; the article's own page all of it.
    """

    def missing(participation, slug):
        source = Source.objects.get(slug=slug)
        life = admin_page("programs_participation_life", participation.pk)
        own = admin_page("programs_source_change", source.pk)
        rows = statements.marked(source.statements.all())  # dates as the screen says them
        return {
            "life": [row.stated for row in rows if escape(row.shown) not in life],
            "article": [row.stated for row in rows if escape(row.shown) not in own],
        }

    return missing
