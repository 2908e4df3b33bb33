"""Who may do what. A role is a duty; a duty lists its permissions and nothing is inherited."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from privacy.errors import NotPermitted


class Role(StrEnum):
    """The duties of `docs/glossary.md`. There is none for immigration enforcement."""

    LIAISON_OFFICER = "liaison_officer"
    FORENSIC_EXAMINER = "forensic_examiner"
    FORENSIC_COORDINATOR = "forensic_coordinator"
    CONSULAR_OFFICER = "consular_officer"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    ADMINISTRATOR = "administrator"
    ANALYST = "analyst"
    ENGINE = "engine"  # the worker: no password, no session, only the queue
    DOOR = "door"  # the sign-in page: finds an account, opens a session, sees no case


class Permission(StrEnum):
    """What an action or a page demands: `<resource>:<verb>`."""

    INCIDENT_READ = "incident:read"
    MISSING_READ = "missing:read"
    MISSING_REPORT = "missing:report"
    REMAINS_READ = "remains:read"
    REMAINS_RECORD = "remains:record"
    PAIRING_READ = "pairing:read"
    MATCHING_RUN = "matching:run"
    FILE_IMPORT = "file:import"
    LOG_READ = "log:read"
    ACCOUNT_ADMINISTER = "account:administer"


_P = Permission

DUTIES: Mapping[Role, frozenset[Permission]] = {
    Role.LIAISON_OFFICER: frozenset({_P.INCIDENT_READ, _P.MISSING_READ, _P.MISSING_REPORT}),
    Role.FORENSIC_EXAMINER: frozenset(
        {_P.INCIDENT_READ, _P.MISSING_READ, _P.REMAINS_READ, _P.REMAINS_RECORD, _P.PAIRING_READ}
    ),
    Role.FORENSIC_COORDINATOR: frozenset(
        {
            _P.INCIDENT_READ,
            _P.MISSING_READ,
            _P.REMAINS_READ,
            _P.REMAINS_RECORD,
            _P.PAIRING_READ,
            _P.MATCHING_RUN,
            _P.FILE_IMPORT,
        }
    ),
    Role.CONSULAR_OFFICER: frozenset({_P.INCIDENT_READ, _P.MISSING_READ}),
    Role.DATA_PROTECTION_OFFICER: frozenset({_P.LOG_READ}),
    Role.ADMINISTRATOR: frozenset({_P.ACCOUNT_ADMINISTER}),
    Role.ANALYST: frozenset({_P.INCIDENT_READ, _P.FILE_IMPORT}),
    Role.ENGINE: frozenset(
        {_P.INCIDENT_READ, _P.MISSING_READ, _P.REMAINS_READ, _P.MATCHING_RUN, _P.FILE_IMPORT}
    ),
    Role.DOOR: frozenset(),
}

# What people may be given. The other two are parts of the machine.
HUMAN_ROLES = tuple(role for role in Role if role not in {Role.ENGINE, Role.DOOR})


class Purpose(StrEnum):
    """What somebody opens records for. Immigration enforcement cannot be said here."""

    SEARCH = "search"
    IDENTIFY = "identify"
    NOTIFY = "notify"
    STATISTICS = "statistics"
    OVERSIGHT = "oversight"
    KEEP = "keep"  # storing what an institution hands in, under its own name


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody signed in, or the engine: in whose name every query is asked."""

    account_id: int
    role: Role
    institution_id: int
    country: str  # ISO 3166-1 alpha-2 of the institution
    purpose: Purpose = Purpose.SEARCH

    def may(self, permission: Permission) -> bool:
        """Say whether the viewer's duty includes `permission`."""
        return permission in DUTIES[self.role]


# No institution and no country: the machine's parts own nothing.
DOOR = Viewer(account_id=0, role=Role.DOOR, institution_id=0, country="")
MATCHER = Viewer(account_id=0, role=Role.ENGINE, institution_id=0, country="")
KEEPER = Viewer(
    account_id=0, role=Role.ENGINE, institution_id=0, country="", purpose=Purpose.KEEP
)


def demand(viewer: Viewer, permission: Permission) -> None:
    """Let the act go on, or refuse it.

    Raises
    ------
    NotPermitted
        If the viewer's duty does not include `permission`.
    """
    if not viewer.may(permission):
        raise NotPermitted(permission.value)
