# ruff: noqa: T201, S608 - a script that prints, and whose SQL is its own
"""How long a search by name takes among sealed names, and whom it misses.

    python -m tests.benchmarks.name_search [PEOPLE] [FOLDER]

Without a number: 1,000,000 people, every name really sealed with a key of its own case, into
an embedded database made for it (some eight minutes, four gigabytes). It is thrown away, or
kept in FOLDER: the next run with the same numbers finds it there and only searches. Prints
the machine, sizes, the 50th and 95th percentile as an examiner, as a consulate and past
row-level security, of the clock and of what both processes computed, and recall by the way a
name was bent. Asserts nothing about time.
"""

import os
import platform
import random
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import sqlalchemy as sa
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).parents[2]))

from casework import embedded, migrating
from casework.database import Database
from casework.missing.names import likeliest, matching_names
from casework.signin.actions import add_institution
from casework.signin.commands import OPERATOR
from casework.signin.model import InstitutionKind
from privacy.permissions import KEEPER, Purpose, Role, Viewer
from privacy.sealing.cipher import Nonces, place_of, seal
from privacy.sealing.columns import TEXT
from privacy.sealing.key_file import FileKeys, make_key_file
from privacy.sealing.keyring import Sealing, keys_of
from privacy.tokens.blind import KEY, sought_tokens, tokens_of
from privacy.tokens.finding import resemblance
from tests.benchmarks.meter import Meter
from tests.builders import a_missing_person
from tests.privacy.tokens.invented_names import CORRUPTIONS, invented_names

PEOPLE, SEARCHES = 1_000_000, 252
INSTITUTIONS = 20
NAMES = "missing_person_name"
FIELDS = ("given_names", "surname_1", "surname_2")
AT_ONCE = 20_000
HONDURANS, SHOW_THE_NAME = "n %% 10 = 1", "n %% 10 < 7"
GRANTS = (
    ("circumstances", "forensic", "true"),
    ("identity", "forensic", SHOW_THE_NAME),
    ("circumstances", "consulate:HN", HONDURANS),
    ("identity", "consulate:HN", HONDURANS),
)


def viewer(institution, country, role):
    return Viewer(
        0, role, institution, country, Purpose.SEARCH, second_factor=True, stepped_up=True
    )


VIEWERS = {
    "forensic examiner": viewer(1, "MX", Role.FORENSIC_EXAMINER),
    "consular officer": viewer(INSTITUTIONS + 1, "HN", Role.CONSULAR_OFFICER),
}
# Whose name is open to whom, of what `copy_people` makes.
OPEN_TO = {
    "forensic examiner": lambda n: n % INSTITUTIONS == 0 or n % 10 < 7,
    "consular officer": lambda n: n % 10 == 1 and n % 3 != 0,
}


def main(people, folder=None):
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    names = invented_names(people)
    with tempfile.TemporaryDirectory() as thrown_away:
        home = Path(folder or thrown_away)
        home.mkdir(exist_ok=True)
        home.chmod(0o755)
        search(embedded.start(home), home, names)


def search(server, home, names):
    filled = home / f"filled-with-{len(names)}"
    if not filled.exists():
        migrating.migrate(server.owner_url)
        make_key_file(home / "keys")
    sealing = Sealing(FileKeys(home / "keys"), openings_per_hour=10**9)
    database = Database(server.app_url, sealing=sealing)
    if not filled.exists():
        fill(server, database, names)
        filled.touch()
    report(server, database, VIEWERS, names)
    database.engine.dispose()


def report(server, database, viewers, names):
    maker = sa.create_engine(server.url("postgres"))
    with maker.connect() as connection:
        kept, size = connection.execute(
            sa.text("SELECT count(*), pg_total_relation_size('name_token') FROM name_token")
        ).one()
    print(
        f"{len(names):,} names: {kept / len(names):.1f} tokens and "
        f"{size / len(names):,.0f} bytes each, {size / 2**20:,.0f} MiB"
    )
    chance = random.Random(11)  # noqa: S311 - nothing secret is drawn
    asked = [
        (kind, at, bend(chance, names[at]))
        for kind, bend in list(CORRUPTIONS.items()) * (SEARCHES // len(CORRUPTIONS))
        for at in [chance.randrange(len(names))]
    ]
    if os.environ.get("EXPLAIN"):
        explain(database, viewers["forensic examiner"], asked[0][2])
    for who, viewer in viewers.items():
        print_searches(
            server,
            who,
            asked,
            OPEN_TO[who],
            lambda words, v=viewer: searched(database, v, words),
        )
    print_searches(
        server,
        "tokens only, past row-level security",
        asked,
        lambda _: True,
        lambda words: unguarded(database, maker, words),
    )
    maker.dispose()


def explain(database, who, words):
    """Print how PostgreSQL answers one search, for whoever wants to make it quicker."""
    with database.transaction(who) as session:
        sought = sought_tokens(keys_of(session).token_key(KEY), words)
        query = likeliest(resemblance(sought))
        text = query.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        asked = f"EXPLAIN (ANALYZE, BUFFERS) {text}".replace(":", "\\:")
        for (line,) in session.execute(sa.text(asked)):
            print("   ", line)


def searched(database, viewer, words):
    at = datetime.now(UTC)
    with database.transaction(viewer) as session:
        return matching_names(session, viewer, [words], at=at)


def unguarded(database, maker, words):
    with database.transaction(KEEPER) as session:
        sought = sought_tokens(keys_of(session).token_key(KEY), words)
    near = resemblance(sought)
    with Session(maker) as session:
        return list(
            session.scalars(
                sa.select(near.c.case_id)
                .order_by(near.c.weight.desc(), near.c.case_id)
                .limit(50)
            )
        )


def print_searches(server, who, asked, is_open, search):
    meter, found = Meter(server=server), {kind: [] for kind in CORRUPTIONS}
    for kind, at, words in asked:
        with meter:
            ids = search(words)
        if is_open(at + 1):
            found[kind].append(at + 1 in ids[:10])
    print(f"{who}: {len(asked)} searches, {meter}, load {os.getloadavg()[0]:.1f}")
    print(
        "  of those that are open, found among the first ten: "
        + ", ".join(
            f"{kind} {sum(hits) / max(len(hits), 1):.0%}" for kind, hits in found.items()
        )
    )


def fill(server, database, names):
    began = time.perf_counter()
    enter_one(database)
    with database.transaction(KEEPER) as session:
        token_key = keys_of(session).token_key(KEY)
    with psycopg.connect(host=server.socket_dir, user="postgres", dbname="reunir") as maker:
        maker.execute("SET session_replication_role = replica")  # no triggers, no foreign keys
        copy_people(maker, len(names))
        wrap = database.sealing.provider.wrap
        maker.execute("DROP INDEX ix_name_token_case_id")
        maker.execute("ALTER TABLE name_token DROP CONSTRAINT pk_name_token")
        for begin in range(0, len(names), AT_ONCE):
            copy_names(maker, wrap, token_key, begin + 1, names[begin : begin + AT_ONCE])
        maker.execute(
            "ALTER TABLE name_token ADD CONSTRAINT pk_name_token PRIMARY KEY (token, case_id)"
        )
        maker.execute("CREATE INDEX ix_name_token_case_id ON name_token (case_id)")
    with psycopg.connect(
        host=server.socket_dir, user="postgres", dbname="reunir", autocommit=True
    ) as maker:
        maker.execute("VACUUM (ANALYZE)")
    print(f"filled in {time.perf_counter() - began:.0f} s")


def enter_one(database):
    """Make the institutions, and one person of whom all others are copies."""
    at = datetime.now(UTC)
    with database.transaction(OPERATOR) as session:
        for number in range(INSTITUTIONS):
            add_institution(
                session,
                OPERATOR,
                name=f"Benchmark {number}",
                kind=InstitutionKind.FORENSIC_SERVICE,
                country="MX",
                invented=True,
                at=at,
            )
        add_institution(
            session,
            OPERATOR,
            name="Consulate",
            country="HN",
            kind=InstitutionKind.CONSULATE,
            invented=True,
            at=at,
        )
    with database.transaction(KEEPER) as session:
        a_missing_person(session, VIEWERS["forensic examiner"], grants=())


def copy_people(maker, count):
    """Copy the one: other owners, a tenth of them Hondurans; 70 % of families show the name."""
    maker.execute("DELETE FROM name_token; DELETE FROM missing_person_name")
    own = {
        "id": "n",
        "reference": "'B-' || n",
        "record_id": "'bench.invalid/' || n",
        "seal_id": "lpad(to_hex(n), 32, '0')::uuid",
        "origin_record_id": "NULL",
        "owner_institution_id": f"1 + n % {INSTITUTIONS}",
        "protected": "n % 3 = 0",
        "nationalities": "CASE WHEN n % 10 = 1 THEN ARRAY['HN'] ELSE ARRAY['MX'] END",
    }
    copied(maker, "missing_person", own, f"generate_series(2, {count}) AS n")
    maker.execute("UPDATE missing_person SET seal_id = lpad('1', 32, '0')::uuid WHERE id = 1")
    maker.execute("ANALYZE missing_person")
    for category, recipient, of_whom in GRANTS:
        maker.execute(
            "INSERT INTO consent (missing_person_id, owner_institution_id, protected, decision,"
            " data_category, purpose, recipient, legal_basis, assessment, valid_from, expires,"
            " form_version, language, interpreter, recorded_at, recorded_by)"
            " SELECT n, 1 + n %% 20, n %% 3 = 0, 'granted', %s, 'search', %s,"
            " 'public_interest',"
            " 'invented for measuring', now(), now() + interval '1 year', '1', 'es', false,"
            f" now(), 0 FROM generate_series(1, {count}) AS n WHERE {of_whom}",
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


def copy_names(maker, wrap, token_key, first, names):
    halves = [
        (token_key, first + at, names[at : at + AT_ONCE // 2])
        for at in range(0, len(names), AT_ONCE // 2)
    ]
    for keys, rows, tokens in POOL.map(sealed_names, halves):
        wrapped = wrap(keys)
        with maker.cursor() as cursor:
            put(
                cursor,
                "data_key (case_seal_id, wrapped, kek_version)",
                ((case, each.sealed, each.version) for case, each in wrapped.items()),
            )
            put(cursor, f"{NAMES} (case_id, kind, seal_id, {', '.join(FIELDS)})", rows)
            put(cursor, "name_token (token, case_id)", tokens)


def put(cursor, into, rows):
    with cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def sealed_names(given):
    token_key, first, names = given
    keys, rows, tokens, nonces = {}, [], [], Nonces()
    for case_id, name in enumerate(names, start=first):
        case, bound = UUID(int=case_id), uuid4()
        keys[case] = key = bytearray(os.urandom(32))
        parts = zip(FIELDS, (name.given, name.surname_1, name.surname_2), strict=True)
        sealed = [
            bytes(seal(key, TEXT.write(text), place_of(NAMES, bound, field), nonces))
            if text
            else None
            for field, text in parts
        ]
        rows.append((case_id, "legal", bound, *sealed))
        tokens += [(token, case_id) for token in tokens_of(token_key, [name])]
    return keys, rows, tokens


if __name__ == "__main__":
    with ProcessPoolExecutor(2) as POOL:
        main(int(sys.argv[1]) if sys.argv[1:] else PEOPLE, *sys.argv[2:3])
