"""What differs from country to country: read from a table with its legal sources."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from privacy.errors import UnsoundPolicy

TABLE = "countries.toml"
DEFAULT = "default"
_LETTERS = 2
MORE_THAN_EVEN = 0.5


@dataclass(frozen=True, slots=True)
class CountryRule:
    """What one country's law changes, and which law that is."""

    consulate_must_be_named: bool
    dna_may_travel: bool
    dna_threshold: float
    basis: str


@cache
def shipped_rules() -> Mapping[str, CountryRule]:
    """Read the table that ships with the registry, once."""
    return read_rules(files("privacy.policies").joinpath(TABLE).read_text("utf-8"))


def rule_of(country: str) -> CountryRule:
    """Give the rule of a country; one without an entry gets the stricter default."""
    rules = shipped_rules()
    return rules.get(country, rules[DEFAULT])


def read_rules(text: str) -> Mapping[str, CountryRule]:
    """Read a table of rules.

    Raises
    ------
    UnsoundPolicy
        If it is no TOML, lacks the default, or an entry is not whole.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnsoundPolicy(f"{TABLE}: {error}. Restore the file of this release.") from error
    rules = {country: _read_rule(country, entry) for country, entry in table.items()}
    if DEFAULT not in rules:
        raise UnsoundPolicy(f"{TABLE}: the entry [{DEFAULT}] is missing.")
    return rules


def _read_rule(country: str, entry: object) -> CountryRule:
    wanted = {each.name: each.type for each in fields(CountryRule)}
    if not isinstance(entry, dict) or set(entry) != set(wanted):
        raise UnsoundPolicy(f"{TABLE}: [{country}] must say {', '.join(wanted)}.")
    if country != DEFAULT and not (len(country) == _LETTERS and country.isupper()):
        raise UnsoundPolicy(f"{TABLE}: [{country}] is no country code of two letters.")
    for name, value in entry.items():
        if not isinstance(value, wanted[name]):  # type: ignore[arg-type]
            raise UnsoundPolicy(f"{TABLE}: [{country}] {name} has the wrong kind of value.")
    if not MORE_THAN_EVEN < entry["dna_threshold"] < 1:
        raise UnsoundPolicy(f"{TABLE}: [{country}] dna_threshold is no share below one.")
    if not entry["basis"].strip():
        raise UnsoundPolicy(f"{TABLE}: [{country}] names no legal source.")
    return CountryRule(**entry)
