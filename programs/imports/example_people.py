"""Example accounts: one per role around two regencies, for trying the portal by ``make run``."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

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
    people = [
        _person("ministry", "Staf kementerian", Role.MINISTRY, word),
        _person("expert", "Tenaga ahli", Role.EXPERT, word),
    ]
    province = Province.objects.filter(code=PROVINCE).first()
    regencies = list(Regency.objects.filter(code__in=CODES))
    if province is None or len(regencies) < len(CODES):
        raise RuleError("Run load_reference and load_cohorts first.")
    people.append(
        _person(f"observer.{PROVINCE}", "Pengamat", Role.OBSERVER, word, province=province)
    )
    for regency in regencies:
        people += _people_of(regency, word)
    return people


def _people_of(regency: Regency, word: str) -> list[Person]:
    name, abbreviation = OFFICE
    agency, _ = Agency.objects.get_or_create(
        regency=regency, name=name, defaults={"abbreviation": abbreviation}
    )
    code = regency.code
    return [
        _person(f"officer.{code}", "Petugas daerah", Role.OFFICER, word, regency=regency),
        _person(f"signer.{code}", "Penanda tangan", Role.SIGNER, word, regency=regency),
        _person(f"contributor.{code}", "Kontributor", Role.CONTRIBUTOR, word, agency=agency),
    ]


def _person(account: str, title: str, role: Role, word: str, **reach: Any) -> Person:
    place = next(iter(reach.values()), None)
    place = place.regency if isinstance(place, Agency) else place
    email = f"{account}@example.test"
    user = User.objects.filter(email=email).first()
    if user is None:
        name = " ".join([title, *([place.name] if place else []), "(contoh)"])
        user = User.objects.create_user(email, word, name=name, is_example=True)
    elif not user.is_example:
        raise RuleError(f"{email} is a real account; the example accounts cannot be made.")
    elif not user.check_password(word):
        user.set_password(word)
        user.save(update_fields=["password"])
    Membership.objects.get_or_create(user=user, role=role, **reach)
    return Person(user, role, str(place or ""))
