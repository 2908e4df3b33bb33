# ruff: noqa: T201 - a script that prints, and whose SQL is its own
"""Puts beside the records of a large invented registry what a busy one has: groups, requests …

    python -m tests.benchmarks.beside FOLDER share-out    # before the whole run
    python -m tests.benchmarks.beside FOLDER fill

FOLDER is a data folder of reunir (REUNIR_DATA_DIR) into which an invented world was imported
under one institution; docs/methods/new-records.md says how it is made. Never for a registry
that somebody uses: the log gets lines that prove nothing.

`share-out` gives half of the people and a third of the remains to another institution, and lets
half of those families trust it alone, so that what is proposed has a side that is closed.
`fill` enters, for each ten thousand records, some hundreds of travel groups, requests between
offices, people alive, relatives with promises, samples, notices and notifications, and requests
about rights; and lines of the log, a hundred thousand for each.
"""

import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).parents[2]))

from casework import embedded
from casework.contacts.model import Channel, ContactEntry, ContentClass, Direction, Outcome
from casework.database import Database
from casework.desk.model import OfficeMessage, OfficeRequest, RequestKind, Step
from casework.families.model import Kinship, Notice, NoticeKind, Relative
from casework.groups.model import (
    Aboard,
    GroupKind,
    MissingPersonMember,
    RemainsMember,
    ToldBy,
    TravelGroup,
    TravelGroupFact,
)
from casework.groups.model import Outcome as Fate
from casework.missing.model import MissingPerson
from casework.notifications.model import Notification, NotificationKind
from casework.references import Prefix, new_reference
from casework.remains.model import Remains
from casework.rights.model import Asker, IdentityProof, RequestState, RightsRequest
from casework.rights.model import RequestKind as RightsKind
from casework.samples.model import RemainsSample, SampleKind
from casework.signin.actions import add_account, add_institution
from casework.signin.commands import OPERATOR
from casework.signin.model import Account, Institution, InstitutionKind
from privacy.permissions import KEEPER, Purpose, Role, Viewer
from privacy.sealing.key_file import FileKeys
from privacy.sealing.keyring import Sealing
from tests.builders import an_incident, somebody_alive

OURS, NEIGHBOUR, CONSULATE = 1, 2, 3
STAFF = ((OURS, Role.FORENSIC_COORDINATOR), (CONSULATE, Role.CONSULAR_OFFICER))
AT = datetime.now(UTC)
# So many for each ten thousand records; our choice, of the size of a year's work.
OF_TEN_THOUSAND = {
    "groups": 250,
    "requests": 500,
    "people alive": 500,
    "relatives": 1_000,
    "samples": 500,
    "notices": 1_000,
    "notifications": 2_500,
    "rights": 100,
    "incidents": 1_000,
}
LINES_OF_TEN_THOUSAND = 50_000
GRANTS = (
    ("circumstances", "consulate:HN", "missing_person_id % 10 = 1"),
    ("identity", "consulate:HN", "missing_person_id % 10 = 1"),
    ("identity", "forensic", "missing_person_id % 2 = 1"),
)
GRANTED = """
    INSERT INTO consent (missing_person_id, giver_id, owner_institution_id, protected, decision,
        data_category, purpose, recipient, legal_basis, assessment, valid_from, expires,
        form_version, language, interpreter, recorded_at, recorded_by)
    SELECT missing_person_id, giver_id, owner_institution_id, protected, decision, '{}',
        purpose, '{}', legal_basis, assessment, valid_from, expires, form_version, language,
        interpreter, recorded_at, recorded_by
    FROM consent
    WHERE data_category = 'circumstances' AND recipient NOT LIKE 'consulate%' AND {}
"""
SHARED = (
    "UPDATE missing_person SET owner_institution_id = 2 WHERE id % 2 = 0",
    "UPDATE consent SET owner_institution_id = 2 WHERE missing_person_id % 2 = 0",
    "UPDATE consent SET recipient = 'institution:2' WHERE missing_person_id % 4 = 0",
    (
        "UPDATE missing_person SET protected = false, nationalities = ARRAY['HN']"
        " WHERE id % 10 = 1"
    ),
    "UPDATE consent SET protected = false WHERE missing_person_id % 10 = 1",
    *(GRANTED.format(category, to, of) for category, to, of in GRANTS),
    "UPDATE remains SET owner_institution_id = 2 WHERE id % 3 = 0",
)
LINES = """
    INSERT INTO action_log (id, position, at, written_at, account_id, role, institution_id,
        deed, purpose, about, details, concerning, salt, payload_hash, leaf_hash)
    SELECT gen_random_uuid(), (SELECT max(position) FROM action_log) + n, told.at, told.at,
        1 + n % 40, 'forensic_examiner', 1 + n % 2,
        (ARRAY['missing:case:read', 'missing:cases:listed', 'remains:case:read',
               'matching:pairing:read'])[1 + n % 4],
        'search', who.reference, '{}', ARRAY[who.reference], ''::bytea, ''::bytea, ''::bytea
    FROM generate_series(1, %s) AS n
    CROSS JOIN LATERAL (SELECT now() - (%s - n) * interval '1 minute' / 10 AS at) AS told
    JOIN missing_person AS who
      ON who.id = 1 + (n * 7919::bigint) %% (SELECT max(id) FROM missing_person)
"""


def main(folder, what):
    server = embedded.start(folder)
    sealing = Sealing(FileKeys(folder / "keys"), openings_per_hour=10**9)
    database = Database(server.url("postgres"), sealing=sealing)
    try:
        add_offices(database)
        if what == "share-out":
            share_out(server)
        else:
            fill(database, server)
    finally:
        database.engine.dispose()


def add_offices(database):
    """Enter who is asked: another forensic service, and a consulate."""
    others = (("Neighbour", InstitutionKind.FORENSIC_SERVICE, "MX"),
              ("Consulate", InstitutionKind.CONSULATE, "HN"))  # fmt: skip
    with database.transaction(OPERATOR) as session:
        if session.get(Institution, NEIGHBOUR) is None:
            for name, kind, country in others:
                named = {"name": name, "kind": kind, "country": country}
                add_institution(session, OPERATOR, **named, invented=True, at=AT)
        if session.scalars(sa.select(Account.id)).first() is None:
            for house, role in STAFF:
                where = session.get_one(Institution, house)
                named = {"sign_in_name": role.value, "display_name": role.value}
                add_account(session, OPERATOR, where, **named, role=role, at=AT)


def share_out(server):
    with psycopg.connect(host=server.socket_dir, user="postgres", dbname="reunir") as maker:
        maker.execute("SET session_replication_role = replica")  # no triggers
        for statement in SHARED:
            print(maker.execute(statement).rowcount, statement)
    analyse(server)


def fill(database, server):
    with database.transaction(KEEPER) as session:
        people = session.scalars(sa.select(MissingPerson.id).order_by(MissingPerson.id)).all()
        remains = session.scalars(sa.select(Remains.id).order_by(Remains.id)).all()
    tens = len(people) / 10_000
    for what, each in OF_TEN_THOUSAND.items():
        began, count = time.perf_counter(), int(each * tens)
        FILLED[what](database, count, people, remains)
        print(f"{count:,} {what} in {time.perf_counter() - began:.0f} s")
    lines = int(LINES_OF_TEN_THOUSAND * tens)
    with psycopg.connect(host=server.socket_dir, user="postgres", dbname="reunir") as maker:
        maker.execute("SET session_replication_role = replica")
        maker.execute(LINES.replace("n % ", "n %% "), [lines, lines])
    analyse(server)


def analyse(server):
    with psycopg.connect(
        host=server.socket_dir, user="postgres", dbname="reunir", autocommit=True
    ) as maker:
        maker.execute("VACUUM (ANALYZE)")


def in_steps(database, count, enter, *, viewer=KEEPER, step=500):
    """Enter `count` things, some at a time: each transaction holds what it sealed."""
    for first in range(0, count, step):
        with database.transaction(viewer) as session:
            # No duty of the registry may enter all of it: whoever made the database does.
            session.execute(sa.text("SET LOCAL ROLE postgres"))
            for number in range(first, min(first + step, count)):
                enter(session, number)
            session.flush()


def groups(database, count, people, remains):
    own = {"entered_by": 1, "institution_id": OURS, "entered_at": AT}

    def enter(session, number):
        of = own | {"institution_id": 1 + number % 2}
        reference = new_reference(Prefix.TRAVEL_GROUP)
        group = TravelGroup(reference=reference, invented=True, **of)
        session.add(group)
        session.flush()
        said = {"kind": GroupKind.BOAT, "told_by": ToldBy.SURVIVOR, "place": "Turbo"}
        session.add(TravelGroupFact(group_id=group.id, **said, **of))
        word = {"group_id": group.id, "aboard": Aboard.TRAVELLED, "told_by": ToldBy.SURVIVOR}
        for place in range(4):
            person = session.get_one(MissingPerson, people[number * 4 + place])
            session.add(
                MissingPersonMember(case=person, outcome=Fate.UNKNOWN, reason="Lo dijo.",
                                    words="", **word, **of)
            )  # fmt: skip
        found = session.get_one(Remains, remains[number])
        session.add(RemainsMember(case=found, reason="Iba a bordo.", **word, **of))

    in_steps(database, count, enter, step=100)


def requests(database, count, people, _remains):
    def enter(session, number):
        ours = number % 2
        request = OfficeRequest(
            missing_person_id=people[number * 4 + 1],
            from_institution_id=OURS if ours else 2 + number % 4 // 2,
            to_institution_id=2 + number % 4 // 2 if ours else OURS,
            kind=RequestKind.SAMPLE,
            due_on=AT.date() + timedelta(days=number % 90 - 45),
            words="¿Quién toma la muestra?",
            sent_at=AT,
            sent_by=1,
        )
        session.add(request)
        said = {"written_at": AT, "written_by": 1, "institution_id": OURS}
        session.add(OfficeMessage(case=request, words="La tomamos aquí.", step=None, **said))
        if number % 5:
            step = Step.ANSWERED if number % 3 else Step.ACCEPTED
            session.add(OfficeMessage(case=request, words="Hecho.", step=step, **said))

    in_steps(database, count, enter)


def alive(database, count, _people, _remains):
    keeper = Viewer(0, Role.ENGINE, OURS, "MX", Purpose.KEEP)

    def enter(session, _number):
        somebody_alive(session, keeper, found_from=date(2026, 5, 1), found_to=date(2026, 5, 1))

    in_steps(database, count, enter, viewer=keeper)


def relatives(database, count, people, _remains):
    def enter(session, number):
        person = session.get_one(MissingPerson, people[number * 4])
        mother = Relative(
            case=person,
            kinship=Kinship.MOTHER,
            language="es",
            name="Rosa Inventada",
            contact="+504 0000 0000",
            entered_at=AT,
        )
        session.add(mother)
        session.flush()
        session.add(
            ContactEntry(
                case=person,
                relative_id=mother.id,
                happened_at=AT - timedelta(days=60),
                direction=next(iter(Direction)),
                channel=Channel.PHONE,
                language="es",
                content_class=next(iter(ContentClass)),
                outcome=next(iter(Outcome)),
                promised_by=AT.date() + timedelta(days=number % 120 - 60),
                recorded_at=AT,
                recorded_by=1,
            )
        )

    in_steps(database, count, enter, step=200)


def samples(database, count, _people, remains):
    def enter(session, number):
        found = session.get_one(Remains, remains[number * 2])
        session.add(
            RemainsSample(case=found, reference=new_reference(Prefix.SAMPLE),
                          kind=SampleKind.BONE, details={}, entered_at=AT, entered_by=1)
        )  # fmt: skip

    in_steps(database, count, enter, step=200)


def notices(database, count, people, _remains):
    def enter(session, number):
        is_read = number % 3 > 0
        session.add(
            Notice(
                institution_id=1 + number % 3,
                sender_institution_id=1 + (number + 1) % 3,
                kind=NoticeKind.CONSENT_WITHDRAWN,
                about=f"DP-{people[number]}",
                items="identity/search",
                sent_at=AT,
                read_at=AT if is_read else None,
                read_by=1 if is_read else None,
            )
        )

    in_steps(database, count, enter)


def notifications(database, count, _people, _remains):
    def enter(session, number):
        session.add(
            Notification(
                kind=NotificationKind.REQUEST_ANSWERED,
                institution_id=1 + number % 3,
                roles=sorted(HEARD_BY),
                path=f"/desk/{number}",
                key=f"beside:{uuid4()}",
                made_at=AT,
            )
        )

    in_steps(database, count, enter)


HEARD_BY = (
    Role.FORENSIC_COORDINATOR.value,
    Role.LIAISON_OFFICER.value,
    Role.CONSULAR_OFFICER.value,
)


def rights(database, count, people, _remains):
    def enter(session, number):
        person = session.get_one(MissingPerson, people[number * 4])
        state = RequestState.RECEIVED if number % 4 else RequestState.REFUSED
        session.add(
            RightsRequest(
                reference=new_reference(Prefix.RIGHTS_REQUEST),
                kind=RightsKind.ACCESS,
                about=person.reference,
                missing_person_id=person.id,
                owner_institution_id=person.owner_institution_id,
                asker=next(iter(Asker)),
                identity_proof=next(iter(IdentityProof)),
                received_on=AT.date() - timedelta(days=number % 60),
                due_on=AT.date() + timedelta(days=30 - number % 60),
                state=state,
                recorded_by=1,
            )
        )

    in_steps(database, count, enter)


def incidents(database, count, _people, _remains):
    def enter(session, number):
        an_incident(
            session,
            lat=8.0 + number % 977 / 60,
            lon=-77.6 - number % 1013 / 60,
            country=("PA", "MX", "GT", "HN")[number % 4],
            date_from=date(2014 + number % 12, 1 + number % 12, 1),
            date_to=date(2014 + number % 12, 1 + number % 12, 1),
        )

    in_steps(database, count, enter)


FILLED = {
    "groups": groups,
    "requests": requests,
    "people alive": alive,
    "relatives": relatives,
    "samples": samples,
    "notices": notices,
    "notifications": notifications,
    "rights": rights,
    "incidents": incidents,
}

if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), sys.argv[2])
