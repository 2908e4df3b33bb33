"""The layouts that can be read, by the name one gives to ``reunir import --profile``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casework.imports.errors import UnreadableFile
from casework.imports.problems import N_, Problem
from casework.imports.profiles import (
    arizona,
    border,
    iom,
    namus,
    plain,
    record,
    reunir_list,
    shelter,
)
from casework.imports.profiles.profile import Outcome, Profile, ReadRow, Reads
from casework.imports.reading import OpenedTable, open_table

__all__ = ["PROFILES", "Opened", "Outcome", "Profile", "ReadRow", "Reads", "open_as",
           "open_file", "recognise"]  # fmt: skip

PROFILES: dict[str, Profile] = {
    profile.name: profile
    for profile in (
        iom.PROFILE,
        namus.MISSING,
        namus.UNIDENTIFIED,
        arizona.PROFILE,
        border.PROFILE,
        plain.MISSING,
        plain.REMAINS,
        plain.LIVING,
        shelter.LIST,
        plain.INCIDENTS,
        reunir_list.MISSING,
        record.MISSING,
        record.REMAINS,
        record.LIVING,
    )
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose profile and layout are settled, its rows not yet read."""

    profile: Profile
    layout: str
    problems: tuple[Problem, ...]
    rows: Iterator[ReadRow] = field(repr=False)


def recognise(header: Sequence[str]) -> Profile | None:
    """Name the profile that reads files with this header; `None` if none or several do."""
    fitting = [profile for profile in PROFILES.values() if profile.recognise(header)]
    return fitting[0] if len(fitting) == 1 else None


def open_file(path: Path, profile: str | None = None) -> Opened:
    """Open a file to be read with a named profile, or with the one its header fits.

    Raises
    ------
    UnreadableFile
        The file, its columns or the name of the profile will not do.
    """
    return open_as(open_table(path), profile)


def open_as(table: OpenedTable, profile: str | None = None) -> Opened:
    """Settle profile and layout of a table that is already open, such as an upload."""
    chosen = _named(profile) if profile else _recognised(table)
    layout, notes = chosen.check(table.header, table.name)
    return Opened(chosen, layout, (*table.problems, *notes), chosen.read(layout, table.rows))


def _named(name: str) -> Profile:
    if name not in PROFILES:
        raise UnreadableFile(
            N_("No hay un perfil «%(profile)s». Los que hay: %(profiles)s."),
            profile=name,
            profiles=", ".join(PROFILES),
        )
    return PROFILES[name]


def _recognised(table: OpenedTable) -> Profile:
    found = recognise(table.header)
    if found is None:
        raise UnreadableFile(
            N_(
                "Las columnas de «%(name)s» no son las de ningún perfil conocido. "
                "Diga cuál es: %(profiles)s. Una lista de albergue u hospital se reconoce por "
                "los encabezados folio, nombre, fecha de ingreso y albergue (u hospital)."
            ),
            name=table.name,
            profiles=", ".join(PROFILES),
        )
    return found
