"""Codes of what records say of themselves: names, who reports, where a search stands."""

from enum import StrEnum


class SearchStatus(StrEnum):
    """Where the search stands (minimum data set, group 22)."""

    OPEN = "open"
    ACTIVE_LINES = "active_lines"
    LOCATED_ALIVE = "located_alive"
    LOCATED_DETAINED = "located_detained"
    IDENTIFIED_DECEASED = "identified_deceased"
    WITHDRAWN_BY_FAMILY = "withdrawn_by_family"
    LINKED_DUPLICATE = "linked_duplicate"
    SUSPENDED = "suspended"


class Presumption(StrEnum):
    """A missing person is presumed alive until identified (CED/C/7, principle 1)."""

    ALIVE = "alive"
    DEAD_BY_REPORTER = "dead_by_reporter"
    DECLARED_ABSENT = "declared_absent"
    DECLARED_DEAD = "declared_dead"


class ReporterKind(StrEnum):
    """Who brought the report."""

    RELATIVE = "relative"
    INSTITUTION = "institution"
    ANONYMOUS = "anonymous"
    UNKNOWN = "unknown"


class NameKind(StrEnum):
    """What a name is."""

    LEGAL = "legal"
    USED = "used"
    NICKNAME = "nickname"
    TRAVELLING = "travelling"
    OTHER = "other"


class RemainsKind(StrEnum):
    """What was recovered (minimum data set, group 15)."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    PART = "part"
    COMMINGLED = "commingled"
    CREMATED = "cremated"
    SKELETAL_ELEMENT = "skeletal_element"
    NEWBORN = "newborn"
    UNKNOWN = "unknown"


class IdentificationStatus(StrEnum):
    """Where the work of identification stands (minimum data set, group 22)."""

    UNEXAMINED = "unexamined"
    UNDER_EXAMINATION = "under_examination"
    CANDIDATES_UNDER_REVIEW = "candidates_under_review"
    PENDING_SECOND_SIGNATURE = "pending_second_signature"
    IDENTIFIED = "identified"
    IDENTIFIED_UNCLAIMED = "identified_unclaimed"
    REPATRIATED = "repatriated"
    UNRESOLVED_PERIODIC_REVIEW = "unresolved_periodic_review"
    REOPENED = "reopened"


class WhereSeen(StrEnum):
    """In which kind of place somebody alive was seen or is listed; never which one."""

    HOSPITAL = "hospital"
    DETENTION = "detention"
    SHELTER = "shelter"
    CHILD_PROTECTION = "child_protection"
    RESCUED = "rescued"
    STREET = "street"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


class Communication(StrEnum):
    """Whether somebody alive can say who they are."""

    SAYS_WHO = "says_who"
    IN_UNKNOWN_LANGUAGE = "in_unknown_language"
    CONFUSED = "confused"
    TOO_YOUNG = "too_young"
    CANNOT_SPEAK = "cannot_speak"
    UNCONSCIOUS = "unconscious"
    DOES_NOT_WANT = "does_not_want"
    UNKNOWN = "unknown"


class LivingStatus(StrEnum):
    """Where it stands with somebody alive whom a family may be looking for."""

    OPEN = "open"
    KNOWN = "known"  # who they are is known, and told by themselves alone
    LEFT = "left"  # discharged, transferred, released; where to is not followed
    DIED = "died"
    WITHDRAWN = "withdrawn"  # they took back what they had agreed to
