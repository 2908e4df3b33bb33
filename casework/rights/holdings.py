"""Everything that is held of one person, and nothing of anybody else.

The tables are found by walking, never from a list kept by hand: each table that hangs on the
record must be named in `TREATED` with how it is told, or no report is made at all. So a table
added later cannot be forgotten in silence, nor hand out what its author did not think of.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import Conflict
from casework.models import metadata as all_tables
from casework.retention.erasing import parts_of
from casework.retention.rules import Record
from casework.rights.model import Asker, RightsRequest
from casework.samples.queries import samples_given_by
from privacy.model import Base, Reveals
from privacy.sealing.columns import SealedRow, fields_of
from privacy.sealing.opening import open_fields


@dataclass(frozen=True, slots=True)
class Holding:
    """What one table holds: rows of (column, value)."""

    table: str
    rows: Sequence[Mapping[str, Any]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Treatment:
    """How a table is told: which columns, and which rows are the asker's own.

    `columns` None: every column that reveals something, except how to reach others.
    """

    why: str
    columns: frozenset[str] | None = frozenset()
    rows: Callable[[sa.Table, RightsRequest], sa.ColumnElement[bool]] | None = None
    for_relatives: bool = False


def _of_the_asker(name: str) -> Callable[[sa.Table, RightsRequest], sa.ColumnElement[bool]]:
    """Keep the rows whose column `name` is the relative who asks; of no relative, none."""

    def own(table: sa.Table, request: RightsRequest) -> sa.ColumnElement[bool]:
        if request.relative_id is None:
            return sa.false()
        return table.c[name] == request.relative_id

    return own


def _consents(table: sa.Table, request: RightsRequest) -> sa.ColumnElement[bool]:
    """Relatives hear what they agreed to; the person hears to whom their own file is open."""
    if request.asker is Asker.RELATIVE:
        return _of_the_asker("giver_id")(table, request)
    return sa.true()


def _of_own_samples(table: sa.Table, request: RightsRequest) -> sa.ColumnElement[bool]:
    """Keep what was read of samples that the relative who asks gave."""
    if request.relative_id is None:
        return sa.false()
    return table.c.sample_id.in_(samples_given_by(request.relative_id))


def _asked_before(table: sa.Table, request: RightsRequest) -> sa.ColumnElement[bool]:
    same = table.c.relative_id.is_not_distinct_from(request.relative_id)
    return sa.and_(table.c.asker == request.asker, same)


_WHOLE = Treatment("what is recorded of the person", columns=None)
_NAMES = frozenset({"kind", "given_names", "surname_1", "surname_2"})
_SAID = frozenset(
    {"method", "said_on", "entered_at", "circumstance", "identity", "body", "dna"}
)
_OF_PHOTO = frozenset({"kind", "taken_from", "taken_to", "publishable", "added_at"})
_OF_PROFILE = frozenset(
    {"reference", "marker_kind", "analysed_on", "loci_count", "extent", "entered_at"}
)
_BEFORE = Treatment(
    "what the record said before", columns=frozenset({"version", "content", "recorded_at"})
)
_DAYS = frozenset({"stage", "due_on", "noted_at", "rule"})

# Every table that hangs on a record. A column that is not named does not leave.
TREATED: Mapping[str, Treatment] = {
    "missing_person": _WHOLE,
    "remains": _WHOLE,
    "missing_person_name": _WHOLE,
    "missing_person_mark": _WHOLE,
    "missing_person_article": _WHOLE,
    "missing_person_version": _BEFORE,
    "missing_person_statement": Treatment(
        "what was said of the person, sitting by sitting; not who said it",
        columns=_SAID,
    ),
    "remains_statement": Treatment("what each examination said", columns=_SAID),
    "living_person": _WHOLE,
    "living_person_name": _WHOLE,
    "living_person_mark": _WHOLE,
    "living_person_article": _WHOLE,
    "living_person_version": _BEFORE,
    "living_person_statement": Treatment(
        "what was said of the person, sitting by sitting; not who said it", columns=_SAID
    ),
    "living_person_decision": Treatment(
        "whether they are searched for, since when, and why; not which officer entered it",
        columns=frozenset({"decision", "reason", "decided_at"}),
    ),
    "remains_mark": _WHOLE,
    "remains_article": _WHOLE,
    "remains_version": _BEFORE,
    "relative": Treatment(
        "the asker's own name and contact; another relative's are theirs",
        columns=frozenset({"kinship", "language", "name", "contact", "entered_at"}),
        rows=_of_the_asker("id"),
        for_relatives=True,
    ),
    "consent": Treatment(
        "to whom the file is open, for what and until when; not who among relatives agreed",
        columns=frozenset(
            {"decision", "data_category", "purpose", "recipient", "legal_basis", "assessment"}
            | {"valid_from", "expires", "withdrawn_at", "form_version", "language"}
        ),
        rows=_consents,
        for_relatives=True,
    ),
    "contact_point": Treatment(
        "how the asker is reached; another relative's is theirs",
        columns=frozenset(
            {"kind", "value", "whose", "safe_to_call", "may_leave_message", "safe_hours"}
            | {"who_may_answer", "do_not_say", "is_ended", "entered_at"}
        ),
        rows=_of_the_asker("relative_id"),
        for_relatives=True,
    ),
    "contact_agreement": Treatment(
        "what was agreed with the asker",
        columns=frozenset(
            {"channel", "interval_days", "language", "needs_interpreter", "literacy"}
            | {"clock_of", "security_concern", "entered_at"}
        ),
        rows=_of_the_asker("relative_id"),
        for_relatives=True,
    ),
    "contact_entry": Treatment(
        "what was said with the asker; not which officer wrote it",
        columns=frozenset(
            {"happened_at", "direction", "channel", "language", "content_class", "outcome"}
            | {"spoke_with", "said", "promised", "promised_by"}
        ),
        rows=_of_the_asker("relative_id"),
        for_relatives=True,
    ),
    "status_code": Treatment(
        "that the asker was given a code; neither it nor its PIN is kept",
        columns=frozenset({"language", "made_at", "revoked_at", "message_waits"}),
        rows=_of_the_asker("relative_id"),
        for_relatives=True,
    ),
    "signed_paper": Treatment(
        "that a paper the asker signed is kept; the scan itself is shown, not copied here",
        columns=frozenset({"kind", "sha256", "added_at"}),
        rows=_of_the_asker("relative_id"),
        for_relatives=True,
    ),
    "missing_person_photo": Treatment(
        "that a photograph is kept, and what of; the picture is shown, not copied here",
        columns=_OF_PHOTO,
    ),
    "remains_photo": Treatment("as of a missing person", columns=_OF_PHOTO),
    "pedigree": Treatment(
        "nothing: it tells who descends from whom of people who did not ask, some of them dead"
    ),
    "missing_person_sample": Treatment(
        "that the asker gave a sample, and when; other donors' are theirs",
        columns=frozenset({"reference", "kind", "taken_on", "details", "entered_at"}),
        rows=_of_the_asker("relative_id"),
        for_relatives=True,
    ),
    "missing_person_sample_entry": Treatment(
        "nothing: which hands a sample went through is told with it, by who keeps it"
    ),
    "remains_sample": Treatment(
        "which samples were taken", columns=frozenset({"reference", "kind", "taken_on"})
    ),
    "remains_sample_entry": Treatment("nothing: as above"),
    "missing_person_profile": Treatment(
        "that a profile of the asker's own sample is kept, how large, and from where; the"
        " genotypes are shown by who keeps them, not copied here",
        columns=_OF_PROFILE,
        rows=_of_own_samples,
        for_relatives=True,
    ),
    "remains_profile": Treatment("that a profile is kept, and how large", columns=_OF_PROFILE),
    "released_copy": Treatment(
        "where copies went; not which officer made them",
        columns=frozenset(
            {"copy", "groups", "form", "made_at", "recipient_institution_id", "purpose"}
            | {"recalled_at"}
        ),
    ),
    "rights_request": Treatment(
        "what the same asker asked before",
        columns=frozenset({"reference", "kind", "received_on", "due_on", "state"}),
        rows=_asked_before,
        for_relatives=True,
    ),
    "retention_notice": Treatment("the warnings before erasure", columns=_DAYS),
    "retention_hold": Treatment(
        "why the record is kept longer", columns=frozenset({"reason", "until", "placed_at"})
    ),
    "protection_request": Treatment(
        "whether somebody asked to let consulates see the file",
        columns=frozenset({"state", "requested_at", "decided_at"}),
    ),
    "dna_result": Treatment(
        "nothing: its other side is somebody else, and a ratio is no finding; what a family is"
        " told of DNA it hears from people, once a coordinator has released it"
    ),
    **dict.fromkeys(
        ("pairing", "pair_by_hand"),
        Treatment("nothing: its other side is somebody else, and a proposal is not a finding"),
    ),
    **dict.fromkeys(
        ("unblinding", "unblinding_answer"),
        Treatment(
            "nothing: its other side is somebody else; what it opened, to whom and until when,"
            " stands in the ledger of consents"
        ),
    ),
    **dict.fromkeys(
        (
            *("review", "review_seat", "review_seat_change", "review_outcome", "opinion"),
            *("opinion_draft", "review_board", "board_member", "board_vote", "board_minutes"),
        ),
        Treatment(
            "nothing: what examiners make of two records is no finding; what a family is told"
            " it hears from people, once a coordinator has released it"
        ),
    ),
    "decision_release": Treatment(
        "that it was released, and when; what is said is told by people, never by a paper",
        columns=frozenset({"entered_at"}),
    ),
    "telling_step": Treatment(
        "on which days the family was told, and what was done since; what is said is told by"
        " people, never by a paper",
        columns=frozenset({"kind", "happened_on", "due_on"}),
    ),
    **dict.fromkeys(
        (
            *("gate_entry", "decision", "decision_signature", "decision_end", "excluded_fact"),
            *("excluded_pair", "decided_proposal"),
        ),
        Treatment(
            "nothing: its other side is somebody else, and before a release nobody who speaks"
            " with a family reads any of it"
        ),
    ),
    "living_pairing": Treatment(
        "nothing: that two records were compared is no finding, and of the living no family is"
        " told"
    ),
    # A report to a family, or to whoever asks in its name, must not tell that there is one.
    "living_pairing_decision": Treatment(
        "nothing: it names a family to whoever is alive, and somebody alive to a family; what"
        " they said is told them by who keeps their record"
    ),
    "missing_person_link": Treatment(
        "nothing: its other side is somebody else's report, with a consent of its own"
    ),
    "remains_link": Treatment("nothing: as above"),
    # Whom else a report tells of is somebody else's, and why it was said may name them.
    "missing_person_member": Treatment(
        "with which travel group the person is said to have been",
        columns=frozenset({"aboard", "outcome", "told_by", "entered_at"}),
        rows=lambda table, _request: table.c.entry == "",
    ),
    "remains_member": Treatment(
        "with which travel group they are said to have been",
        columns=frozenset({"aboard", "told_by", "entered_at"}),
    ),
    "office_request": Treatment(
        "that offices asked something of each other about the person, and when",
        columns=frozenset({"kind", "due_on", "sent_at"}),
    ),
    "name_token": Treatment("nothing: made from the name, and says nothing more"),
    "missing_person_word": Treatment("nothing: made from the texts, and says nothing more"),
    "remains_word": Treatment("nothing: made from the texts, and says nothing more"),
}

# Tables with revealing columns that hang on no record, and why no report reads them.
ELSEWHERE: Mapping[str, str] = {
    "saved_search": "what somebody who works here looks for, sealed and their own alone",
    "account": "of officers, who ask their administration",
    "incident": "public facts; nobody singled out",
    "incident_version": "as above",
    "survivors_list": "who holds a list, and its number; names nobody",
    "travel_group_fact": "of a boat or a truck; names nobody",
    "site": "of a place; names nobody, and who lies there is told with the remains",
    "site_fact": "as above",
    "site_grave": "as above; what stands on a marker is somebody's word of a name",
    "weight_set": "figures of ten people and more; nobody singled out",
    "weight_set_signature": "who of those who work here signed weights, and why",
    "import_run": "the name of a file that an institution brought",
    "import_file": "emptied when its run ends; belongs to no record",
    "import_problem": "of a row that never became a record; nothing says whose",
    "quarantined_row": "as above; erased with its run",
    "office_message": "what offices wrote about a request: told as that it was asked",
    "rights_step": "told with its request, as the reasons that were given",
    "session": "of officers",
}


class Unaccounted(Conflict):
    """A table hangs on the record and nobody has said how it is told."""


def gather(session: Session, record: Record, request: RightsRequest) -> list[Holding]:
    """Gather what the asker may hear of what is held. Only for the keeper's sessions.

    Raises
    ------
    Unaccounted
        If a table hangs on the record that `TREATED` does not know: better no report than
        one that leaves something out.
    """
    own = cast("sa.Table", type(record).__table__)
    hanging = [(own, own.c.id), *parts_of(own)]
    if unknown := {table.name for table, _ in hanging} - set(TREATED):
        raise Unaccounted(", ".join(sorted(unknown)))
    found = [_held(session, table, column == record.id, request) for table, column in hanging]
    return [each for each in found if each.rows]


def uncovered(metadata: sa.MetaData = all_tables) -> list[str]:
    """Name each table with a revealing column that neither a report nor a reason covers."""
    return sorted(
        table.name
        for table in metadata.sorted_tables
        if any(c.info.get("reveals") is not Reveals.NOTHING for c in table.columns)
        and table.name not in {*TREATED, *ELSEWHERE}
    )


def _held(
    session: Session, table: sa.Table, about: sa.ColumnElement[bool], request: RightsRequest
) -> Holding:
    treatment = TREATED[table.name]
    told = list(_told_columns(table, treatment))
    is_for_asker = treatment.for_relatives or request.asker is not Asker.RELATIVE
    if not told or not is_for_asker:
        return Holding(table.name, ())
    own = treatment.rows(table, request) if treatment.rows else sa.true()
    model = _model_of(table)
    rows = session.scalars(sa.select(model).where(about, own).order_by(*table.primary_key))
    opened = _opened(session, list(rows.unique()))
    return Holding(table.name, [_as_told(row, told) for row in opened])


def _opened(session: Session, rows: list[Any]) -> list[Any]:
    """Open what is sealed: the register has asked, and the report is the deed in the log."""
    if rows and isinstance(rows[0], SealedRow):
        for group in {each.reveals for each in fields_of(type(rows[0]))}:
            open_fields(session, rows, group)
    return rows


def _told_columns(table: sa.Table, treatment: Treatment) -> Iterator[str]:
    for column in table.columns:
        reveals = column.info.get("reveals")
        if treatment.columns is None:
            # How to reach somebody is never the person's own: it is the reporter's.
            if reveals not in {Reveals.NOTHING, Reveals.CONTACT}:
                yield column.name
        elif column.name in treatment.columns:
            yield column.name


def _as_told(row: Any, columns: Sequence[str]) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in columns}
    return {name: value for name, value in told.items() if not _says_nothing(value)}


def _says_nothing(value: Any) -> bool:
    return value is None or value in ("", [], {}) or str(value) == "not_recorded"


def _model_of(table: sa.Table) -> Any:
    return next(
        mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table
    )
