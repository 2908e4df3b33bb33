"""The people and institutions of the demonstration. All are invented, and say so."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.signin.actions import add_account, add_institution, new_password
from casework.signin.commands import OPERATOR
from casework.signin.model import Institution, InstitutionKind
from privacy.permissions import Role

NOTE = "accounts.txt"


@dataclass(frozen=True, slots=True)
class Employer:
    """An invented institution, and which invented records it holds."""

    key: str
    name: str
    kind: InstitutionKind
    country: str


@dataclass(frozen=True, slots=True)
class Member:
    """An invented person who can sign in, and what they should look at first."""

    sign_in_name: str
    display_name: str
    employer: str
    role: Role
    look_at: str


EMPLOYERS = (
    Employer(
        "families_hn",
        "Comité de familiares de Honduras (inventado)",
        InstitutionKind.FAMILY_ORGANISATION,
        "HN",
    ),
    Employer(
        "families",
        "Red regional de búsqueda (inventada)",
        InstitutionKind.HUMANITARIAN_ORGANISATION,
        "CR",
    ),
    Employer(
        "forensic_mx",
        "Servicio forense de México (inventado)",
        InstitutionKind.FORENSIC_SERVICE,
        "MX",
    ),
    Employer(
        "forensic_us",
        "Oficina forense de la frontera norte (inventada)",
        InstitutionKind.FORENSIC_SERVICE,
        "US",
    ),
    Employer(
        "forensic",
        "Servicio forense del Darién (inventado)",
        InstitutionKind.FORENSIC_SERVICE,
        "PA",
    ),
    Employer(
        "consulate_hn",
        "Consulado de Honduras en Tapachula (inventado)",
        InstitutionKind.CONSULATE,
        "HN",
    ),
    Employer(
        "observatory",
        "Observatorio regional de movilidad (inventado)",
        InstitutionKind.OBSERVATORY,
        "CR",
    ),
    Employer(
        "protection",
        "Autoridad de protección de datos (inventada)",
        InstitutionKind.DATA_PROTECTION_AUTHORITY,
        "CR",
    ),
    Employer("registry", "Registro regional (inventado)", InstitutionKind.REGISTRY, "CR"),
)

MEMBERS = (
    Member(
        "examiner",
        "Amal Inventada",
        "forensic_mx",
        Role.FORENSIC_EXAMINER,
        "open Propuestas and compare the first pairing, side by side",
    ),
    Member(
        "coordinator",
        "Bruno Inventado",
        "forensic_mx",
        Role.FORENSIC_COORDINATOR,
        "import a file, or compare the whole registry again",
    ),
    Member(
        "liaison",
        "Lidia Inventada",
        "families_hn",
        Role.LIAISON_OFFICER,
        "take a report by telephone; no proposal is ever shown here",
    ),
    Member(
        "consul",
        "Carlos Inventado",
        "consulate_hn",
        Role.CONSULAR_OFFICER,
        "the few of your nationals whose families agreed and who need no protection",
    ),
    Member(
        "analyst",
        "Ana Inventada",
        "observatory",
        Role.ANALYST,
        "the map of real incidents in the Americas (IOM)",
    ),
    Member(
        "protection",
        "Dora Inventada",
        "protection",
        Role.DATA_PROTECTION_OFFICER,
        "who opened what, when and for what purpose",
    ),
    Member(
        "administrator",
        "Adela Inventada",
        "registry",
        Role.ADMINISTRATOR,
        "accounts, and no file of anybody",
    ),
)


def enter_the_cast(session: Session, folder: Path, *, at: datetime) -> None:
    """Enter institutions and accounts once; note the passwords for this machine's user only."""
    known = session.scalar(sa.select(sa.func.count()).select_from(Institution))
    if known:
        return
    employers = {
        each.key: add_institution(
            session,
            OPERATOR,
            name=each.name,
            kind=each.kind,
            country=each.country,
            invented=True,
            at=at,
        )
        for each in EMPLOYERS
    }
    passwords = {each.sign_in_name: new_password() for each in MEMBERS}
    for each in MEMBERS:
        add_account(
            session,
            OPERATOR,
            employers[each.employer],
            sign_in_name=each.sign_in_name,
            display_name=each.display_name,
            role=each.role,
            password=passwords[each.sign_in_name],
            at=at,
        )
    _note(folder, passwords)


def noted_passwords(folder: Path) -> dict[str, str]:
    """Read the passwords noted when the cast was entered."""
    lines = (folder / NOTE).read_text(encoding="utf-8").splitlines()
    return {name: password for name, _, password in (line.partition("  ") for line in lines)}


def _note(folder: Path, passwords: dict[str, str]) -> None:
    text = "".join(f"{name}  {password}\n" for name, password in passwords.items())
    # Made readable for nobody else from its first byte.
    descriptor = os.open(folder / NOTE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
