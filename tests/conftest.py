"""The cast: one person per role around Kabupaten 33.15, and two who do not belong."""

import pytest
from django.conf import settings
from django.utils import translation

from programs.models import Assignment
from regencies.access import Role
from tests import factories


def pytest_configure():
    # Quick hashes, and static files without the hashed names that only collectstatic writes.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"]["BACKEND"] = plain  # in place: Django keeps the inner dict
    # A server's threads must not keep the test database open after the last test.
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests alone give up durability: their database need not survive a power cut.

    At the end, connections that a browser's last request left open in a server's thread are
    cut, so that the database can be dropped.
    """
    from django.db import connection  # noqa: PLC0415 -- the test database's connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
        cursor.execute("SET synchronous_commit = off")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def speaking_indonesian():
    """Each test begins in Indonesian, whatever language the last one's request left behind."""
    with translation.override("id"):
        yield


@pytest.fixture
def regency(db):
    return factories.make_regency("33.15", name="Grobogan", official_name="Kabupaten Grobogan")


@pytest.fixture
def elsewhere(db):
    return factories.make_regency("35.16", name="Mojokerto", official_name="Kabupaten Mojokerto")


@pytest.fixture
def cohort(db):
    return factories.make_cohort()


@pytest.fixture
def participation(regency, cohort):
    return factories.make_participation(regency, cohort)


@pytest.fixture
def stage(participation):
    return factories.stage_of(participation)


@pytest.fixture
def officer(regency):
    return factories.make_user("officer@test.example", Role.OFFICER, regency=regency)


@pytest.fixture
def signer(regency):
    return factories.make_user("signer@test.example", Role.SIGNER, regency=regency)


@pytest.fixture
def contributor(regency):
    agency = factories.make_agency(regency)
    return factories.make_user("contributor@test.example", Role.CONTRIBUTOR, agency=agency)


@pytest.fixture
def observer(regency):
    return factories.make_user("observer@test.example", Role.OBSERVER, province=regency.province)


@pytest.fixture
def expert(participation):
    user = factories.make_user("expert@test.example", Role.EXPERT)
    Assignment.objects.create(participation=participation, expert=user)
    return user


@pytest.fixture
def ministry(db):
    return factories.make_user("ministry@test.example", Role.MINISTRY)


@pytest.fixture
def stranger(elsewhere):
    """A signer of another region in another province."""
    return factories.make_user("stranger@test.example", Role.SIGNER, regency=elsewhere)


@pytest.fixture
def nobody(db):
    """An account without any membership."""
    return factories.make_user("nobody@test.example")
