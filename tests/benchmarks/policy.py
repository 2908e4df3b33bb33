# ruff: noqa: T201, S608 - a script that prints, and whose SQL is its own
"""What asking the policies costs: one decision, one condition, and lists among 100,000 files.

    python -m tests.benchmarks.policy [PEOPLE]

Fills an embedded database made for it and thrown away: 100,000 invented files of twenty
institutions, three quarters of them granted to forensic institutions, a tenth Hondurans with
grants to their consulate; and as many remains. A list is what the page asks: fifty rows, their
names, both counts, and every row decided again. Prints the machine and its load, and of each
act the time of the clock and what both processes computed; asserts nothing about time. With
EXPLAIN set, also how PostgreSQL answers each statement of an examiner's list.
"""

import os
import platform
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from sqlalchemy import event

sys.path.insert(0, str(Path(__file__).parents[2]))

from casework import embedded, migrating
from casework.database import Database
from casework.missing.model import MissingPerson
from casework.missing.queries import MissingSearch, list_missing
from casework.remains.queries import RemainsSearch, list_remains
from casework.signin.actions import add_institution
from casework.signin.commands import OPERATOR
from casework.signin.model import InstitutionKind
from privacy.door import condition
from privacy.permissions import KEEPER, Permission, Purpose, Role, Viewer
from privacy.policy import decisions, questions, residuals
from privacy.policy.decisions import rule_on
from privacy.sealing.key_file import FileKeys, make_key_file
from privacy.sealing.keyring import Sealing
from tests.benchmarks.meter import Meter
from tests.builders import a_missing_person, remains_found

PEOPLE, LISTS, ROWS = 100_000, 40, 50
INSTITUTIONS = 20
GRANTED, HONDURANS = "n %% 4 > 0", "n %% 10 = 1"
GRANTS = (
    ("circumstances", "forensic", GRANTED),
    ("antemortem", "forensic", GRANTED),
    ("identity", "forensic", "n %% 2 > 0"),
    ("circumstances", "consulate:HN", HONDURANS),
    ("identity", "consulate:HN", HONDURANS),
)
FACTS = {
    "owner": 2,
    "country": "MX",
    "nationalities": ["HN"],
    "protected": False,
    "restricted": False,
    "searchable": True,
} | {
    group: {"search": ["forensic", "consulate:HN"], "identify": [], "notify": []}
    for group in ("circumstance", "identity", "contact", "body", "dna")
}


def main(people):
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o755)
        server = embedded.start(home)
        migrating.migrate(server.owner_url)
        make_key_file(home / "keys")
        sealing = Sealing(FileKeys(home / "keys"), openings_per_hour=10**9)
        database = Database(server.app_url, sealing=sealing)
        try:
            viewers = fill(server, database, people)
            time_decisions(viewers["forensic examiner"])
            for who, viewer in viewers.items():
                time_lists(server, database, who, viewer)
            if os.environ.get("EXPLAIN"):
                explain(database, viewers["forensic examiner"])
        finally:
            database.engine.dispose()
            embedded.stop(home)


def time_decisions(viewer):
    permission, kind = Permission.MISSING_READ, "MissingPerson"

    def afresh():
        decisions._ruling.cache_clear()  # noqa: SLF001 - what a first question costs
        questions.with_record.cache_clear()
        rule_on(viewer, permission, kind, FACTS)

    def anew():
        residuals.left_open.cache_clear()
        condition(viewer, permission, MissingPerson, datetime.now(UTC))

    told = {
        "a decision never asked before": afresh,
        "a decision asked before": lambda: rule_on(viewer, permission, kind, FACTS),
        "partial evaluation and its condition": anew,
        "a condition evaluated before": lambda: condition(
            viewer, permission, MissingPerson, datetime.now(UTC)
        ),
        "viewer.may": lambda: viewer.may(permission),
    }
    for what, act in told.items():
        meter = Meter(1e6, "µs")
        for _ in range(1000):
            with meter:
                act()
        print(f"{what}: {meter}")


def time_lists(server, database, who, viewer):
    lists = {
        "all": MissingSearch(),
        "a page further on": MissingSearch(page=7),
        "one sex": MissingSearch(sex="female"),
        "by last contact": MissingSearch(sort="-last_contact"),
        "by age": MissingSearch(sort="age"),
        "remains": RemainsSearch(),
        "remains by find": RemainsSearch(sort="-found"),
    }
    for what, search in lists.items():
        if isinstance(search, RemainsSearch) and not viewer.may(Permission.REMAINS_READ):
            continue
        asked = search.model_copy(update={"size": ROWS})
        listed, meter = one_list(database, viewer, asked), Meter(server=server)
        for _ in range(LISTS):
            with meter:
                one_list(database, viewer, asked)
        print(f"{who}, {what}: {meter}, {len(listed.rows)} of {listed.total}")


def one_list(database, viewer, search):
    lists = list_remains if isinstance(search, RemainsSearch) else list_missing
    with database.transaction(viewer) as session:
        return lists(session, viewer, search, None, at=datetime.now(UTC))


def explain(database, viewer):
    @event.listens_for(database.engine, "before_cursor_execute")
    def tell(connection, _cursor, statement, values, _context, _many):
        if statement.startswith("SELECT") and "set_config" not in statement:
            raw = connection.connection.driver_connection
            plan = raw.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", values)
            print(statement, *(line for (line,) in plan), sep="\n")

    one_list(database, viewer, MissingSearch(size=ROWS))


def fill(server, database, people):
    began = time.perf_counter()
    viewers = enter_one(database)
    with psycopg.connect(host=server.socket_dir, user="postgres", dbname="reunir") as maker:
        maker.execute("SET session_replication_role = replica")  # no triggers
        copy_people(maker, people)
    with psycopg.connect(
        host=server.socket_dir, user="postgres", dbname="reunir", autocommit=True
    ) as maker:
        maker.execute("VACUUM (ANALYZE)")
    print(f"{people:,} files filled in {time.perf_counter() - began:.0f} s")
    return viewers


def enter_one(database):
    """Make the institutions, and one person of whom all others are copies."""
    at = datetime.now(UTC)
    with database.transaction(OPERATOR) as session:
        for number in range(INSTITUTIONS + 1):
            is_consulate = number == INSTITUTIONS
            add_institution(
                session,
                OPERATOR,
                name=f"Benchmark {number}",
                kind=InstitutionKind.CONSULATE
                if is_consulate
                else InstitutionKind.FORENSIC_SERVICE,
                country="HN" if is_consulate else "MX",
                invented=True,
                at=at,
            )
    examiner = viewer_of(1, "MX", Role.FORENSIC_EXAMINER)
    with database.transaction(KEEPER) as session:
        a_missing_person(session, examiner, grants=())
        remains_found(session, examiner)
    return {
        "forensic examiner": examiner,
        "forensic coordinator": viewer_of(1, "MX", Role.FORENSIC_COORDINATOR),
        "consular officer": viewer_of(INSTITUTIONS + 1, "HN", Role.CONSULAR_OFFICER),
        "liaison officer": viewer_of(2, "MX", Role.LIAISON_OFFICER),
    }


def viewer_of(institution, country, role):
    return Viewer(
        0, role, institution, country, Purpose.SEARCH, second_factor=True, stepped_up=True
    )


def copy_people(maker, people):
    own = {
        "id": "n",
        "reference": "'B-' || n",
        "record_id": "'bench.invalid/' || n",
        "seal_id": "gen_random_uuid()",
        "origin_record_id": "NULL",
        "owner_institution_id": f"1 + n % {INSTITUTIONS}",
        "protected": "n % 3 = 0",
        "entered_at": "now() - (n * 37 % 100000) * interval '1 minute'",
        "last_contact_from": "date '2026-01-01' - (n * 11 % 5000)::int",
        "last_contact_to": "date '2026-01-01' - (n * 11 % 5000)::int",
        "age_min": "CASE WHEN n % 7 > 0 THEN 12 + n % 60 END",
        "age_max": "CASE WHEN n % 7 > 0 THEN 15 + n % 60 END",
        "sex": "CASE WHEN n % 3 = 1 THEN 'female' ELSE 'male' END",
        "nationalities": "CASE WHEN n % 10 = 1 THEN ARRAY['HN'] ELSE ARRAY['MX'] END",
        "search_consent": "CASE WHEN n % 4 > 0 THEN 'granted' ELSE 'not_asked' END",
        "search_until": "CASE WHEN n % 4 > 0 THEN now() + interval '1 year' END",
    }
    copied(maker, "missing_person", own, f"generate_series(2, {people}) AS n")
    found = ("last_contact_from", "found_from"), ("last_contact_to", "found_to")
    elsewhere = {"protected", "search_until", *(ours for ours, _ in found)}
    of_remains = {name: own[name] for name in own if name not in elsewhere}
    of_remains |= {theirs: own[ours] for ours, theirs in found}
    copied(maker, "remains", of_remains, f"generate_series(2, {people}) AS n")
    names = {"id": "n + 1000000", "case_id": "n", "seal_id": "gen_random_uuid()"}
    copied(maker, "missing_person_name", names, f"generate_series(2, {people}) AS n")
    for category, recipient, of_whom in GRANTS:
        maker.execute(
            "INSERT INTO consent (missing_person_id, owner_institution_id, protected, decision,"
            " data_category, purpose, recipient, legal_basis, assessment, valid_from, expires,"
            " form_version, language, interpreter, recorded_at, recorded_by)"
            f" SELECT n, 1 + n %% {INSTITUTIONS}, n %% 3 = 0, 'granted', %s, 'search', %s,"
            " 'public_interest', 'invented for measuring', now(), now() + interval '1 year',"
            f" '1', 'es', false, now(), 0 FROM generate_series(1, {people}) AS n"
            f" WHERE {of_whom}",
            [category, recipient],
        )


def copied(maker, table, own, others):
    columns = [
        name
        for (name,) in maker.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = ''",
            [table],
        )
    ]
    values = ", ".join(own.get(name, f"c.{name}") for name in columns)
    maker.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) OVERRIDING SYSTEM VALUE"
        f" SELECT {values} FROM {table} AS c, {others}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else PEOPLE)
