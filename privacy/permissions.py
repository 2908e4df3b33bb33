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
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody signed in, or the engine: in whose name every query is asked."""

    account_id: int
    role: Role
    institution_id: int
    country: str  # ISO 3166-1 alpha-2 of the institution
    purpose: str = "search"

    def may(self, permission: Permission) -> bool:
        """Say whether the viewer's duty includes `permission`."""
        return permission in DUTIES[self.role]


def demand(viewer: Viewer, permission: Permission) -> None:
    """Let the act go on, or refuse it.

    Raises
    ------
    NotPermitted
        If the viewer's duty does not include `permission`.
    """
    if not viewer.may(permission):
        raise NotPermitted(permission.value)
