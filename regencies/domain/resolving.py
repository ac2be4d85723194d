"""From any spelling of a place to the regency it means, or a refusal that says why.

Rules read what a name says about its kind ("Kab.", "Pemkot", "… Regency"); the alias
table knows the rest ("Pangkep", "Tangsel"). A name that fits several regencies is never
guessed: 26 bare names are both kabupaten and kota.
"""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from regencies.errors import RuleError
from regencies.models import FormerCode, Kind, Province, Regency, RegencyAlias

LONGEST_ECHO = 100  # characters of the person's own text that a refusal repeats
CLOSE = 0.75  # how alike a name must be to be suggested (difflib's ratio)
AS_CLOSE = 0.06  # what differs more than this from the closest name is not suggested beside it
MOST_SUGGESTED = 3
MOST_SEARCHED = 100  # unknown names per resolver that are compared with every name


class UnknownNameError(RuleError):
    """No regency is called that; ``close`` are those whose name is like it, the closest first."""

    def __init__(self, text: str, close: Iterable[Regency] = ()) -> None:
        self.text, self.close = text.strip()[:LONGEST_ECHO], list(close)
        said = [_("No regency, city or province is called “%s”.") % self.text, self.advice]
        super().__init__(" ".join(said), code="unknown_name")

    @property
    def advice(self) -> str:
        if not self.close:
            return _("Check the spelling or enter its code.")
        return _("Did you mean %s?") % _names(self.close)


class AmbiguousNameError(RuleError):
    """Several regencies are called that; ``candidates`` are all of them, by code."""

    def __init__(self, text: str, candidates: list[Regency]) -> None:
        super().__init__(
            _("“%(text)s” can be %(names)s. Write the full name or the code.")
            % {
                "text": text.strip()[:LONGEST_ECHO],
                "names": _names(candidates),
            },
            code="ambiguous_name",
        )
        self.candidates = candidates


def _names(places: list[Regency]) -> str:
    return ", ".join(f"{place.official_name} ({place.code})" for place in places)


@dataclass(frozen=True)
class Reading:
    """One way to understand a folded name: what is left without its prefix, and what that said."""

    key: str
    kind: str | None = None
    is_administrative: bool = False


# Folded: no spaces, points or hyphens. "Pem", "Pemda" and "Pemerintah" may stand before a kind.
_GOVERNMENT = "(?:pem(?:erintah(?:an)?)?(?:da|daerah)?)?"
_ADMINISTRATIVE = "(?:administrasi|administratif|adm)"
_KINDS = (
    (f"{_GOVERNMENT}(?:kabupaten|kab)", Kind.KABUPATEN),
    (f"{_GOVERNMENT}(?:kotamadya|kodya|kota)", Kind.KOTA),
    ("pemkot", Kind.KOTA),  # apart: "Pemkot Ambon" is not "Pem Kota Mbon"
    (f"{_GOVERNMENT}(?:provinsi|propinsi|prov)", Kind.PROVINSI),
)
_PREFIXES = (
    *((re.compile(words), kind, False) for words, kind in _KINDS),
    *((re.compile(words + _ADMINISTRATIVE), kind, True) for words, kind in _KINDS),
    (re.compile("(?:pemerintah(?:an)?(?:daerah)?|pemda)"), None, False),
)
_SUFFIXES = {
    "regency": Kind.KABUPATEN,
    "city": Kind.KOTA,
    "municipality": Kind.KOTA,
    "province": Kind.PROVINSI,
}
_CODE = re.compile(r"(\d{2})(?:[\s.\-]*(\d{2}))?")


def fold(text: str) -> str:
    """The matching key of a name: letters and digits alone, without case, accents or spaces."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " dan ").casefold())
    return re.sub(r"[^a-z0-9]", "", plain)


def resolve(text: str, *, province: Province | None = None) -> Regency:
    """The one regency ``text`` names. For many names load one ``Resolver`` instead.

    Raises ``UnknownNameError`` or ``AmbiguousNameError``.
    """
    return Resolver.from_database().resolve(text, province=province)


class Resolver:
    """All names and codes in memory, for resolving many spellings."""

    def __init__(
        self,
        regencies: Iterable[Regency],
        *,
        aliases: Iterable[tuple[str, str]] = (),
        former_codes: Iterable[tuple[str, str]] = (),
    ) -> None:
        """``aliases`` are pairs of spelling and code, ``former_codes`` of old code and code."""
        self._regencies = {regency.code: regency for regency in regencies}
        self._former_codes = dict(former_codes)
        self._codes_of: dict[tuple[str, str | None], set[str]] = defaultdict(set)
        for regency in self._regencies.values():
            self._add(regency, fold(regency.name))
            self._add(regency, fold(regency.official_name))
        for name, code in aliases:
            self._add_alias(self._regencies[code], fold(name))
        self._close: dict[str, list[str]] = {}  # by folded name; also bounds what is searched

    @classmethod
    def from_database(cls) -> Self:
        """Load everything in three queries."""
        return cls(
            Regency.objects.with_place(),
            aliases=RegencyAlias.objects.values_list("name", "regency__code"),
            former_codes=FormerCode.objects.values_list("code", "regency__code"),
        )

    def resolve(self, text: str, *, province: Province | None = None) -> Regency:
        """The one regency ``text`` names, a code or any spelling.

        With ``province`` only its regencies count: it decides between namesakes, and a
        name that lies elsewhere is unknown. Raises ``UnknownNameError`` or ``AmbiguousNameError``.
        """
        found = [self._regencies[code] for code in sorted(self._codes(text))]
        if province is not None:
            found = [regency for regency in found if regency.province == province]
        if not found:
            raise UnknownNameError(text, self._like(text, province))
        if len(found) > 1:
            raise AmbiguousNameError(text, found)
        return found[0]

    def _like(self, text: str, province: Province | None) -> list[Regency]:
        """Whose name is like ``text``, in the province if one is asked for."""
        key = fold(text)
        if key not in self._close:
            is_searched = key and len(text) <= LONGEST_ECHO and len(self._close) < MOST_SEARCHED
            self._close[key] = self._closest(key) if is_searched else []
        found = [self._regencies[code] for code in self._close[key]]
        near = [place for place in found if province is None or place.province == province]
        return near[:MOST_SUGGESTED]

    def _closest(self, key: str) -> list[str]:
        """Codes by likeness of their names; the kind that was written goes before the other.

        "Kab. Binjai" has the very name of a kota, so nothing but that kota is suggested.
        """
        names = {name for name, kind in self._codes_of if kind is None}
        scored: dict[str, tuple[float, bool]] = {}
        for reading in _readings(key):
            for name in difflib.get_close_matches(reading.key, names, MOST_SUGGESTED, CLOSE):
                ratio = difflib.SequenceMatcher(None, name, reading.key).ratio()
                for code in self._codes_of[name, None]:
                    is_kind = reading.kind in (None, self._regencies[code].kind)
                    scored[code] = max(scored.get(code, (0.0, False)), (ratio, is_kind))
        best = max(scored.values(), default=(0.0, False))[0]
        near = [code for code, (ratio, _kind) in scored.items() if ratio >= best - AS_CLOSE]
        return sorted(near, key=lambda code: (not scored[code][1], -scored[code][0], code))

    def _codes(self, text: str) -> set[str]:
        if match := _CODE.fullmatch(text.strip()):
            return self._by_code(".".join(filter(None, match.groups())))
        return {
            code
            for reading in _readings(fold(text))
            for code in self._codes_of.get((reading.key, reading.kind), ())
            if self._regencies[code].is_administrative or not reading.is_administrative
        }

    def _by_code(self, code: str) -> set[str]:
        """A code in use wins over the same code as somebody's former one."""
        current = code if code in self._regencies else self._former_codes.get(code)
        return {current} if current in self._regencies else set()

    def _add(self, regency: Regency, key: str) -> None:
        self._codes_of[key, None].add(regency.code)
        self._codes_of[key, regency.kind].add(regency.code)

    def _add_alias(self, regency: Regency, key: str) -> None:
        """Also under what its prefix leaves, but for that kind only.

        "Kota Solo" makes "Pemkot Solo" known; "Kab. Pontianak" (now Mempawah) must not make
        the bare "Pontianak" ambiguous.
        """
        self._add(regency, key)
        for reading in _readings(key):
            if reading.kind == regency.kind:
                self._codes_of[reading.key, reading.kind].add(regency.code)


def _readings(key: str) -> Iterator[Reading]:
    """The name as it stands ("Kotabaru"), and once for every prefix or suffix it may carry."""
    yield Reading(key)
    for pattern, kind, is_administrative in _PREFIXES:
        if (match := pattern.match(key)) and match.end() < len(key):
            yield Reading(key[match.end() :], kind, is_administrative)
    for suffix, kind in _SUFFIXES.items():
        if key.endswith(suffix) and key != suffix:
            yield Reading(key.removesuffix(suffix), kind)
