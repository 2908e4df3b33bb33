"""The log's root is signed now and then, brought out of reach, and proven against."""

from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.errors import Unavailable
from casework.jobs.tasks import REGULAR, HeldElsewhere, perform_regularly
from casework.oversight.checkpoints import (
    STALE_AFTER,
    key_path,
    log_findings,
    origin_of,
    prepare_signing,
    sign_log,
    staleness,
    verifier_of,
)
from casework.oversight.places import Places, places_of, read_folder
from casework.settings import Settings
from privacy.audit.checkpoint import Checkpoint, sign
from privacy.audit.log import Deed, record
from privacy.audit.model import Entry
from privacy.errors import ClockJumpedBack, LogTampered, NoSigningKey


@pytest.fixture
def chosen(tmp_path):
    second = tmp_path / "second"
    second.mkdir()
    settings = Settings(
        data_dir=tmp_path / "data", domain="invented.example", checkpoints=str(second)
    )
    prepare_signing(settings)
    return settings


def a_deed(database, viewer, at):
    with database.transaction(viewer) as session:
        record(session, Deed.MISSING_READ, by=viewer, at=at, about="MP-2345-6789")


def notes_in(folder):
    return sorted(path.name for path in folder.glob("*.note"))


def test_a_signed_root_stands_in_both_places_and_covers_every_line(database, chosen, noon):
    signed = sign_log(database, chosen, at=noon)

    places = places_of(chosen)
    assert (
        notes_in(places.local) == notes_in(places.second_folder) == [f"{signed.size:012}.note"]
    )
    assert read_folder(places.second_folder, verifier_of(chosen)) == ([signed], [])
    assert (signed.origin, signed.at) == ("invented.example/action-log", noon)


def test_a_log_without_new_lines_is_not_signed_again(database, chosen, noon):
    first = sign_log(database, chosen, at=noon)

    assert sign_log(database, chosen, at=noon + timedelta(hours=1)) == first
    assert len(notes_in(places_of(chosen).local)) == 1


def test_a_log_that_was_changed_is_never_signed_and_the_log_says_so(
    database, chosen, host, noon, dora
):
    sign_log(database, chosen, at=noon)
    host.execute(sa.text("UPDATE action_log SET leaf_hash = sha256('x') WHERE position = 2"))

    with pytest.raises(LogTampered, match=r"rewritten.*Nothing was signed"):
        sign_log(database, chosen, at=noon + timedelta(hours=1))

    assert len(notes_in(places_of(chosen).local)) == 1
    with database.transaction(dora) as session:
        last = session.scalars(sa.select(Entry).order_by(Entry.position.desc())).first()
    assert (last.deed, last.details) == (Deed.LOG_NOT_SIGNED.value, {"reason": "LogTampered"})


def test_a_checkpoint_cut_short_stops_the_signing(database, chosen, amal, noon):
    sign_log(database, chosen, at=noon)
    (note,) = places_of(chosen).local.glob("*.note")
    note.write_text(note.read_text("utf-8")[:50], "utf-8")
    a_deed(database, amal, noon)

    with pytest.raises(LogTampered, match="cut short"):
        sign_log(database, chosen, at=noon + timedelta(hours=1))


def test_a_clock_that_went_back_stops_the_signing(database, chosen, amal, noon):
    sign_log(database, chosen, at=noon)
    a_deed(database, amal, noon)

    with pytest.raises(ClockJumpedBack, match="Set this machine's clock"):
        sign_log(database, chosen, at=noon - timedelta(hours=1))


def test_a_lost_key_is_not_replaced_in_silence(database, chosen, noon):
    sign_log(database, chosen, at=noon)
    key_path(chosen).unlink()

    assert not prepare_signing(chosen)
    with pytest.raises(NoSigningKey, match="back-up"):
        sign_log(database, chosen, at=noon)


def test_a_missing_public_key_is_said(chosen):
    key_path(chosen).with_suffix(".pub").unlink()

    with pytest.raises(NoSigningKey, match="public key"):
        verifier_of(chosen)


def test_a_second_place_that_is_gone_is_said_and_caught_up_with_later(
    database, chosen, amal, noon
):
    places = places_of(chosen)
    places.second_folder.rmdir()
    with pytest.raises(Unavailable, match="REUNIR_CHECKPOINTS"):
        sign_log(database, chosen, at=noon)
    places.second_folder.mkdir()
    a_deed(database, amal, noon)

    sign_log(database, chosen, at=noon + timedelta(hours=1))

    assert notes_in(places.second_folder) == notes_in(places.local)
    assert len(notes_in(places.local)) == 2


@pytest.fixture
def taker():
    """Somebody else's server that takes what is PUT, after refusing once."""
    taken = {}

    class Taker(BaseHTTPRequestHandler):
        refusals = 1

        def do_PUT(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            refused = Taker.refusals > 0
            Taker.refusals -= 1
            if not refused:
                taken[self.path] = body.decode()
            self.send_response(503 if refused else 201)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taker)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/of-us/", taken
    server.shutdown()
    thread.join(timeout=10)
    server.server_close()


def test_checkpoints_are_sent_to_an_address_once_each_until_taken(
    database, chosen, taker, noon
):
    address, taken = taker
    chosen = chosen.model_copy(update={"checkpoints": address})
    with pytest.raises(Unavailable, match="does not take them"):
        sign_log(database, chosen, at=noon)
    assert taken == {}

    signed = sign_log(database, chosen, at=noon)
    sign_log(database, chosen, at=noon)

    (local,) = places_of(chosen).local.glob("*.note")
    assert taken == {f"/of-us/{signed.size:012}.note": local.read_text("utf-8")}


@pytest.mark.parametrize(
    ("second", "are_apart"),
    [
        (None, False),
        ("https://dpo.example/checkpoints", True),
        ("http://127.0.0.1:9/x", False),
        ("http://localhost/x", False),
        ("/nowhere/at/all", False),
    ],
)
def test_only_a_place_out_of_this_machines_reach_counts_as_apart(tmp_path, second, are_apart):
    assert Places(tmp_path, second).are_apart() == are_apart


def test_a_folder_on_the_same_disk_is_not_apart(tmp_path):
    (tmp_path / "other").mkdir()

    assert not Places(tmp_path, str(tmp_path / "other")).are_apart()


def test_lines_that_wait_too_long_to_be_signed_are_noticed(database, chosen, amal, dora, noon):
    signed = sign_log(database, chosen, at=datetime.now(UTC))
    with database.transaction(dora) as session:
        # Nothing arrived since: however old, a checkpoint that covers all is not stale.
        assert staleness(session, chosen, at=datetime.now(UTC) + 9 * STALE_AFTER) is None
    a_deed(database, amal, noon)

    with database.transaction(dora) as session:
        soon = staleness(session, chosen, at=datetime.now(UTC))
        late = staleness(session, chosen, at=datetime.now(UTC) + STALE_AFTER)

    assert soon is None
    assert (late.lines, late.last) == (1, signed)


def test_a_log_that_was_never_signed_is_stale_after_a_day(database, tmp_path, dora):
    never = Settings(data_dir=tmp_path, domain="invented.example")

    with database.transaction(dora) as session:
        late = staleness(session, never, at=datetime.now(UTC) + STALE_AFTER)

    assert late.last is None


def test_the_doctor_says_what_is_amiss_with_the_log(database, chosen, amal, noon):
    sign_log(database, chosen, at=noon)
    a_deed(database, amal, noon)

    now = datetime.now(UTC)
    well = log_findings(database, chosen, at=now)
    stale = log_findings(database, chosen, at=now + STALE_AFTER)
    (note,) = places_of(chosen).local.glob("*.note")
    note.write_text("x", "utf-8")
    cut = log_findings(database, chosen, at=now)
    key_path(chosen).unlink()
    ((no_key, why),) = log_findings(database, chosen, at=now)

    assert [is_well for is_well, _ in well] == [True, True, False]
    assert "lines under the last checkpoint are those it signed" in well[0][1]
    assert "REUNIR_CHECKPOINTS" in well[-1][1]
    assert "waited more than a day" in stale[1][1]
    assert (cut[0][0], "cut short" in cut[0][1]) == (False, True)
    assert (no_key, "cannot be read" in why) == (False, True)


def test_the_doctor_sees_that_a_line_under_the_last_checkpoint_was_rewritten(
    database, chosen, host, noon
):
    sign_log(database, chosen, at=noon)
    host.execute(sa.text("ALTER TABLE action_log DISABLE TRIGGER ALL"))
    host.execute(sa.text("UPDATE action_log SET leaf_hash = sha256('other')"))

    (rewritten, said), *_ = log_findings(database, chosen, at=noon)

    assert not rewritten
    assert "reunir verify-audit-log" in said


def test_another_registrys_checkpoint_in_the_folder_is_not_believed(database, chosen, noon):
    signed = sign_log(database, chosen, at=noon)
    other = Checkpoint(origin_of(chosen), signed.size, b"\0" * 32, noon)
    forged = sign(other, Ed25519PrivateKey.generate())
    places_of(chosen).local.joinpath("forged.note").write_text(forged, "utf-8")

    with pytest.raises(LogTampered, match="not signed with the key"):
        sign_log(database, chosen, at=noon)


def test_the_worker_signs_the_log_regularly(database, tmp_path, monkeypatch, noon):
    chosen = Settings(data_dir=tmp_path, domain="invented.example")
    monkeypatch.setattr("casework.oversight.checkpoints.settings", lambda: chosen)

    perform_regularly("sign_log", database, lambda: noon)

    assert len(notes_in(places_of(chosen).local)) == 1
    assert REGULAR["sign_log"].cron == "*/15 * * * *"


def test_a_regular_job_that_another_worker_does_is_left_to_it(database, noon):
    key = sa.select(sa.func.pg_advisory_lock(sa.func.hashtextextended("sign_log:0", 0)))
    with database.engine.connect() as other:
        other.execute(key)

        with pytest.raises(HeldElsewhere):
            perform_regularly("sign_log", database, lambda: noon)
