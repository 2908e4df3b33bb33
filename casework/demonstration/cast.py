"""The people and institutions of the demonstration. All are invented, and say so."""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.signin.actions import add_account, add_institution, set_password
from casework.signin.commands import OPERATOR
from casework.signin.enrolment import begin_codes, confirm_codes
from casework.signin.model import Account, Institution, InstitutionKind
from casework.web.languages import marked
from privacy.context import go_on_as
from privacy.permissions import DOOR, Role

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
    hint: str  # the same, for somebody at a terminal


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
        marked("Abra Propuestas y compare la primera, lado a lado."),
        "open Propuestas and compare the first pairing, side by side",
    ),
    Member(
        "coordinator",
        "Bruno Inventado",
        "forensic_mx",
        Role.FORENSIC_COORDINATOR,
        marked("Importe un archivo, o compare de nuevo todo el registro."),
        "import a file, or compare the whole registry again",
    ),
    Member(
        "liaison",
        "Lidia Inventada",
        "families_hn",
        Role.LIAISON_OFFICER,
        marked("Tome un reporte por teléfono; aquí nunca se muestra una propuesta con restos."),
        "take a report by telephone; no proposal with human remains is ever shown here",
    ),
    Member(
        "consul",
        "Carlos Inventado",
        "consulate_hn",
        Role.CONSULAR_OFFICER,
        marked(
            "Vea a las pocas personas de su nacionalidad cuyas familias aceptaron "
            "y que no necesitan protección."
        ),
        "the few of your nationals whose families agreed and who need no protection",
    ),
    Member(
        "analyst",
        "Ana Inventada",
        "observatory",
        Role.ANALYST,
        marked("Mire el mapa de incidentes reales en las Américas (OIM)."),
        "the map of real incidents in the Americas (IOM)",
    ),
    Member(
        "protection",
        "Dora Inventada",
        "protection",
        Role.DATA_PROTECTION_OFFICER,
        marked("Lea quién abrió qué, cuándo y para qué."),
        "who opened what, when and for what purpose",
    ),
    Member(
        "administrator",
        "Adela Inventada",
        "registry",
        Role.ADMINISTRATOR,
        marked("Dé y retire cuentas; ningún expediente de nadie."),
        "accounts, and no file of anybody",
    ),
)


def enter_the_cast(session: Session, folder: Path, *, at: datetime) -> None:
    """Enter institutions and accounts once; note the passwords for this machine's user only."""
    known = session.scalar(sa.select(sa.func.count()).select_from(Institution))
    if not known:
        enter_cast(session, folder, at=at)


def enter_cast(session: Session, folder: Path, *, at: datetime) -> None:
    """Enter institutions and accounts, whoever is there already."""
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
    accounts = [
        add_account(
            session,
            OPERATOR,
            employers[each.employer],
            sign_in_name=each.sign_in_name,
            display_name=each.display_name,
            role=each.role,
            at=at,
        )
        for each in MEMBERS
    ]
    # What lets somebody in is written at the door, in the demonstration too; and so is the
    # log of it, at the end of the transaction.
    go_on_as(session, DOOR)
    _note(folder, [_let_be_entered(session, each, at) for each in accounts])


@dataclass(frozen=True, slots=True)
class Noted:
    """What one of the cast needs at the real door."""

    sign_in_name: str
    password: str
    code_secret: str


def noted(folder: Path) -> dict[str, Noted]:
    """Read what was noted when the cast was entered."""
    lines = (folder / NOTE).read_text(encoding="utf-8").splitlines()
    return {each.sign_in_name: each for each in (Noted(*line.split("  ")) for line in lines)}


def noted_passwords(folder: Path) -> dict[str, str]:
    """Read the passwords noted when the cast was entered."""
    return {name: each.password for name, each in noted(folder).items()}


def _let_be_entered(session: Session, account: Account, at: datetime) -> Noted:
    password = "-".join(secrets.token_hex(2) for _ in range(5))
    set_password(session, account, password, at=at)
    secret = begin_codes(session, account)
    confirm_codes(session, account, at=at)
    return Noted(account.sign_in_name, password, secret)


def _note(folder: Path, cast: list[Noted]) -> None:
    text = "".join(
        f"{each.sign_in_name}  {each.password}  {each.code_secret}\n" for each in cast
    )
    # Made readable for nobody else from its first byte.
    descriptor = os.open(folder / NOTE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
