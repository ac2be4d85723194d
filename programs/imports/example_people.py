"""Example accounts: one per role around two regencies, for trying the portal by ``make run``."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password

from regencies.access import Role
from regencies.errors import RuleError
from regencies.models import Agency, Membership, Province, Regency, User

CODES = ("33.15", "33.16")
PROVINCE = "33"
OFFICE = ("Dinas Komunikasi dan Informatika", "Diskominfo")


@dataclass(frozen=True)
class Person:
    """An example account, its role, and the name of the place it works for ("" for the nation)."""

    user: User
    role: Role
    place: str = ""


def password() -> str:
    """DEMO_PASSWORD; else a random one, the same at every start, kept beside the files."""
    if given := os.environ.get("DEMO_PASSWORD"):
        return given
    kept = Path(settings.FILES_DIR).parent / "demo-password"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(12) + "\n")
    return kept.read_text().strip()


def ensure(word: str) -> list[Person]:
    """Make the accounts that are missing, and let every one have ``word`` as its password.

    Raises ``RuleError`` when such an address belongs to a real account, or without the
    reference data.
    """
    hashed = _hash_of(word)
    people = [
        _person("ministry", "Staf kementerian", Role.MINISTRY, hashed),
        _person("expert", "Tenaga ahli", Role.EXPERT, hashed),
    ]
    province = Province.objects.filter(code=PROVINCE).first()
    regencies = list(Regency.objects.filter(code__in=CODES))
    if province is None or len(regencies) < len(CODES):
        raise RuleError("Run load_reference and load_cohorts first.")
    people.append(
        _person(f"observer.{PROVINCE}", "Pengamat", Role.OBSERVER, hashed, province=province)
    )
    for regency in regencies:
        people += _people_of(regency, hashed)
    return people


def _hash_of(word: str) -> str:
    """The hash the accounts have if ``word`` is still right: hashing nine times costs seconds."""
    first = User.objects.filter(email="ministry@example.test", is_example=True).first()
    return first.password if first and first.check_password(word) else make_password(word)


def _people_of(regency: Regency, hashed: str) -> list[Person]:
    name, abbreviation = OFFICE
    agency, _ = Agency.objects.get_or_create(
        regency=regency, name=name, defaults={"abbreviation": abbreviation}
    )
    code = regency.code
    return [
        _person(f"officer.{code}", "Petugas daerah", Role.OFFICER, hashed, regency=regency),
        _person(f"signer.{code}", "Penanda tangan", Role.SIGNER, hashed, regency=regency),
        _person(f"contributor.{code}", "Kontributor", Role.CONTRIBUTOR, hashed, agency=agency),
    ]


def _person(account: str, title: str, role: Role, hashed: str, **reach: Any) -> Person:
    place = next(iter(reach.values()), None)
    place = place.regency if isinstance(place, Agency) else place
    email = f"{account}@example.test"
    user = User.objects.filter(email=email).first()
    if user is None:
        name = " ".join([title, *([place.name] if place else []), "(contoh)"])
        user = User.objects.create(email=email, password=hashed, name=name, is_example=True)
    elif not user.is_example:
        raise RuleError(f"{email} is a real account; the example accounts cannot be made.")
    elif user.password != hashed:
        user.password = hashed
        user.save(update_fields=["password"])
    Membership.objects.get_or_create(user=user, role=role, **reach)
    return Person(user, role, str(place or ""))
