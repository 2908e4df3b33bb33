"""Who asks for what. What a duty opens is written in `privacy/policies/`, one file each."""

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
    INCIDENT_RECORD = "incident:record"
    # `…:read` alone is that the record exists, and its circumstances; the rest is opened apart.
    MISSING_READ = "missing:read"
    MISSING_IDENTITY_READ = "missing:identity:read"
    MISSING_CONTACT_READ = "missing:contact:read"
    MISSING_BODY_READ = "missing:body:read"
    MISSING_DNA_READ = "missing:dna:read"
    MISSING_REPORT = "missing:report"
    CONSENT_READ = "consent:read"
    CONSENT_RECORD = "consent:record"
    # How to reach families, what was said and promised to them, and their codes.
    CONTACT_KEEP = "contact:keep"
    # Samples of donors and of remains, and through whose hands they went.
    SAMPLE_KEEP = "sample:keep"
    # What a laboratory read of samples. The genotypes open with the DNA of their record.
    PROFILE_KEEP = "profile:keep"
    PROTECTION_LIFT = "protection:lift"
    REMAINS_READ = "remains:read"
    REMAINS_IDENTITY_READ = "remains:identity:read"
    REMAINS_BODY_READ = "remains:body:read"
    REMAINS_DNA_READ = "remains:dna:read"
    REMAINS_RECORD = "remains:record"
    # People alive: where they are is their contact, and told to nobody who does not keep it.
    LIVING_READ = "living:read"
    LIVING_IDENTITY_READ = "living:identity:read"
    LIVING_CONTACT_READ = "living:contact:read"
    LIVING_BODY_READ = "living:body:read"
    LIVING_RECORD = "living:record"
    # Cemeteries, graves, morgues; where exactly they lie opens to who keeps them.
    SITE_READ = "site:read"
    SITE_EXACT_READ = "site:exact:read"
    SITE_RECORD = "site:record"
    PAIRING_READ = "pairing:read"
    PAIRING_BLINDED_READ = "pairing:blinded:read"
    # Opening a pair that the engine did not propose.
    PAIRING_OPEN = "pairing:open"
    # Asking another institution to open a blinded proposal, and answering for one's own.
    UNBLINDING_READ = "unblinding:read"
    UNBLINDING_ASK = "unblinding:ask"
    UNBLINDING_ANSWER = "unblinding:answer"
    # Of people alive: to whoever keeps their record. What they agreed that a family learns.
    SOUGHT_READ = "sought:read"
    SOUGHT_BLINDED_READ = "sought:blinded:read"
    SOUGHT_AGREED_READ = "sought:agreed:read"
    # Looking at a proposal blind, and asking others to look.
    REVIEW_EXAMINE = "review:examine"
    REVIEW_ASSIGN = "review:assign"
    # The gate of a pair, what was decided of it, and signing for the keeper of a record.
    DECISION_READ = "decision:read"
    DECISION_PROPOSE = "decision:propose"
    DECISION_SIGN = "decision:sign"
    # What was released of an identification, to whoever speaks with the family.
    RELEASE_READ = "release:read"
    # What was done since: who was told, the return of remains, and what the family wishes.
    TELLING_KEEP = "telling:keep"
    LINK_READ = "link:read"
    LINK_RECORD = "link:record"
    # What offices ask of one another, and what they write to each other about it.
    REQUEST_READ = "request:read"
    REQUEST_SEND = "request:send"
    # Words of the glossary; whoever is signed in reads them.
    TERM_PROPOSE = "term:propose"
    TERM_DECIDE = "term:decide"
    MATCHING_RUN = "matching:run"
    ENGINE_READ = "engine:read"
    ENGINE_ADOPT = "engine:adopt"
    FILE_IMPORT = "file:import"
    MISSING_EXPORT = "missing:export"
    COPY_READ = "copy:read"
    PAPER_KEEP = "paper:keep"
    RIGHTS_READ = "rights:read"
    RIGHTS_RECORD = "rights:record"
    RIGHTS_DECIDE = "rights:decide"
    RETENTION_READ = "retention:read"
    RETENTION_HOLD = "retention:hold"
    LOG_READ = "log:read"
    POLICY_READ = "policy:read"
    ACCOUNT_ADMINISTER = "account:administer"
    # Letting somebody in, first or again, takes a second person: never whoever asked for it.
    ACCOUNT_CONFIRM = "account:confirm"


# What people may be given. The other two are parts of the machine.
HUMAN_ROLES = tuple(role for role in Role if role not in {Role.ENGINE, Role.DOOR})


class Purpose(StrEnum):
    """What somebody opens records for. Immigration enforcement cannot be said here."""

    SEARCH = "search"
    IDENTIFY = "identify"
    NOTIFY = "notify"
    STATISTICS = "statistics"
    JUSTICE = "justice"
    OVERSIGHT = "oversight"
    KEEP = "keep"  # storing what an institution hands in, under its own name


# What each duty may open records for; the first is assumed until another is chosen.
PURPOSES: Mapping[Role, tuple[Purpose, ...]] = {
    Role.LIAISON_OFFICER: (Purpose.SEARCH, Purpose.NOTIFY),
    Role.FORENSIC_EXAMINER: (Purpose.SEARCH, Purpose.IDENTIFY),
    Role.FORENSIC_COORDINATOR: (
        Purpose.SEARCH,
        Purpose.IDENTIFY,
        Purpose.NOTIFY,
        Purpose.JUSTICE,
    ),
    Role.CONSULAR_OFFICER: (Purpose.SEARCH, Purpose.NOTIFY),
    Role.DATA_PROTECTION_OFFICER: (Purpose.OVERSIGHT,),
    Role.ADMINISTRATOR: (Purpose.OVERSIGHT,),
    Role.ANALYST: (Purpose.STATISTICS,),
    Role.ENGINE: (Purpose.SEARCH, Purpose.KEEP),
    Role.DOOR: (Purpose.SEARCH,),
}

FORENSIC_ROLES = frozenset({Role.FORENSIC_EXAMINER, Role.FORENSIC_COORDINATOR})


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody signed in, or the engine: in whose name every query is asked."""

    account_id: int
    role: Role
    institution_id: int
    country: str  # ISO 3166-1 alpha-2 of the institution
    purpose: Purpose = Purpose.SEARCH
    second_factor: bool = False  # came in with more than a password
    stepped_up: bool = False  # proved to be there a moment ago
    # Of a program: what it was let do of all that its duty opens. People have no such bound.
    scope: frozenset[Permission] | None = None

    def reaches(self, permission: Permission) -> bool:
        """Say whether a permission lies within what the viewer was let do at all."""
        return self.scope is None or permission in self.scope

    @property
    def recipients(self) -> frozenset[str]:
        """Name whom a consent may be given to that reaches this viewer."""
        reached = {f"institution:{self.institution_id}"}
        if self.role in FORENSIC_ROLES:
            reached |= {"forensic", f"forensic:{self.country}"}
        if self.role is Role.CONSULAR_OFFICER and not _must_be_named(self.country):
            reached.add(f"consulate:{self.country}")
        return frozenset(reached)

    def may(self, permission: Permission) -> bool:
        """Say whether there can be anything that `permission` opens to the viewer."""
        # Here, not above: the policies are written in the words of this module.
        from privacy.policy.residuals import may_open_something  # noqa: PLC0415

        return may_open_something(self, permission)


def _must_be_named(country: str) -> bool:
    """Say whether a family has to name the very consulate, not only its country."""
    from privacy.policy.countries import rule_of  # noqa: PLC0415 - as above

    return rule_of(country).consulate_must_be_named


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
        If there is nothing that `permission` could open to `viewer`.
    """
    if not viewer.may(permission):
        raise NotPermitted(permission.value)
