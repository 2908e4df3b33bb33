"""What is true of one pair, from bare rows as the owner of the database reads them."""

import sqlalchemy as sa

from casework.candidates.model import Pairing
from casework.models import Base

SIDES = ("missing_person_id", "remains_id")
BESIDE = "case_id = :person"
# Every table in which a deed of the walk can write.
WRITTEN = {
    "missing_person": "id = :person",
    "remains": "id = :remains",
    **dict.fromkeys(
        sorted(
            name
            for name, table in Base.metadata.tables.items()
            if name.split("_")[0] in {"review", "opinion", "board", "gate", "decision"}
            and "case_id" in table.c
        ),
        BESIDE,
    ),
}
NEEDED = ("legal_act", "completeness", "notification_plan")


class Truth:
    """Rows of one pair, read past every policy.

    Not one function of the product, and none that the database keeps for it, is asked.
    """

    def __init__(self, owner, pair):
        self.owner, self.pair, self.seen = owner, pair, set()

    def rows(self, words, **given):
        asked = {"person": self.pair.person, "remains": self.pair.remains} | given
        with self.owner.connect() as connection:
            return connection.execute(sa.text(words), asked).all()

    def one(self, words, **given):
        found = self.rows(words, **given)
        return found[0][0] if found else None

    def propose(self):
        """Propose the pair as the one that a run proposed; give the proposal's number."""
        told = [each.name for each in Pairing.__table__.columns]
        same = ", ".join(each for each in told if each not in {"id", *SIDES})
        with self.owner.begin() as connection:
            return connection.scalar(
                sa.text(
                    f"INSERT INTO pairing (missing_person_id, remains_id, {same})"  # noqa: S608
                    f" SELECT :person, :remains, {same} FROM pairing ORDER BY id LIMIT 1"
                    " RETURNING id"
                ),
                {"person": self.pair.person, "remains": self.pair.remains},
            )

    def count(self, table):
        return self.one(f"SELECT count(*) FROM {table} WHERE case_id = :person")  # noqa: S608

    def state(self):
        """Give a number for each row of the pair and its records, which changes as it does."""
        counted = " UNION ALL ".join(
            f"SELECT '{each}', count(*), sum(xmin::text::bigint) FROM {each} WHERE {whose}"  # noqa: S608
            for each, whose in WRITTEN.items()
        )
        return self.rows(counted)

    def last_review(self):
        return self.one("SELECT max(id) FROM review WHERE case_id = :person")

    def last_seat(self):
        return self.one("SELECT max(id) FROM review_seat WHERE case_id = :person")

    def last_decision(self):
        return self.one("SELECT max(id) FROM decision WHERE case_id = :person")

    def opinions(self):
        """Give each opinion's number, review, place, account, and whether its seat is held."""
        return self.rows(
            "SELECT o.id, o.review_id, s.place, o.account_id, NOT EXISTS ("
            " SELECT FROM review_seat_change c"
            " WHERE c.seat_id = s.id AND c.change = 'handed_over') AS held"
            " FROM opinion o JOIN review_seat s ON s.id = o.seat_id WHERE o.case_id = :person"
        )

    def spoken_reviews(self):
        """Give the reviews in whose two blind seats two people have spoken."""
        by: dict[int, dict[str, int]] = {}
        for _number, review, place, account, held in self.opinions():
            if held and place in {"first", "second"}:
                by.setdefault(review, {})[place] = account
        return {review for review, said in by.items() if len(set(said.values())) == 2}

    def opinions_open(self):
        """Give the opinions that each account may read; those that all may read by None."""
        spoken = self.spoken_reviews()
        open_to: dict[int | None, set[int]] = {None: set()}
        for number, review, _place, author, _held in self.opinions():
            open_to.setdefault(None if review in spoken else author, set()).add(number)
        return open_to

    def votes_open(self):
        """Give the same of votes: open once all of a board have voted, or it is closed."""
        open_to: dict[int | None, set[int]] = {None: set()}
        for number, author, is_open in self.rows(
            "SELECT v.id, v.account_id, EXISTS ("
            "  SELECT FROM board_minutes x WHERE x.review_id = v.review_id)"
            " OR (SELECT count(*) FROM board_member m WHERE m.review_id = v.review_id)"
            "  = (SELECT count(*) FROM board_vote w WHERE w.review_id = v.review_id)"
            " FROM board_vote v WHERE v.case_id = :person"
        ):
            open_to.setdefault(None if is_open else author, set()).add(number)
        return open_to

    def locked(self):
        """Give the identifications that both keepers have signed and nobody ended."""
        return {
            number
            for (number,) in self.rows(
                "SELECT d.id FROM decision d WHERE d.case_id = :person"
                " AND d.outcome = 'identification'"
                " AND NOT EXISTS (SELECT FROM decision_end e WHERE e.decision_id = d.id)"
                " AND NOT EXISTS (SELECT FROM decision_signature s"
                "  WHERE s.decision_id = d.id AND NOT s.accepted)"
                " AND (SELECT count(DISTINCT s.signed_for) FROM decision_signature s"
                "  WHERE s.decision_id = d.id) >= 2"
            )
        }

    def newly_locked(self):
        new = self.locked() - self.seen
        self.seen |= new
        return sorted(new)

    def has_locked(self):
        return bool(self.locked())

    def is_named(self):
        status = self.one("SELECT identification_status FROM remains WHERE id = :remains")
        return status in {"identified", "repatriated"}

    def is_told_dead(self):
        status = self.one("SELECT search_status FROM missing_person WHERE id = :person")
        return status == "identified_deceased"

    def releases(self):
        return {
            number
            for (number,) in self.rows(
                "SELECT id FROM decision_release WHERE case_id = :person"
            )
        }

    def standing_entries(self):
        """Give (kind, about) of what was put on record last and not withdrawn."""
        newest = {
            (kind, about): withdrawn
            for kind, about, withdrawn in self.rows(
                "SELECT kind, about, is_withdrawn FROM gate_entry"
                " WHERE case_id = :person AND remains_id = :remains ORDER BY id"
            )
        }
        return {item for item, withdrawn in newest.items() if not withdrawn}

    def lacks(self, number, people):
        """Name what an identification lacks of what the rules ask (rule 5 a, b, c, e, f, g)."""
        review = self.one("SELECT review_id FROM decision WHERE id = :number", number=number)
        came = self.rows(
            "SELECT conclusion, unexplained, is_exception, decided_by FROM review_outcome"
            " WHERE review_id = :review ORDER BY id DESC LIMIT 1",
            review=review,
        )
        entries = self.standing_entries()
        kinds = {kind for kind, _about in entries}
        explained = {about for kind, about in entries if kind == "resolved_discrepancy"}
        conclusion, unexplained, exception, by = came[0] if came else ("", (), False, "")
        examined = {
            account
            for _number, of, place, account, held in self.opinions()
            if of == review and held and place in {"first", "second"}
        }
        carried = by == "board" and exception and "board_exception" in kinds
        lacking = [kind for kind in NEEDED if kind not in kinds]
        lacking += [] if "primary_report" in kinds or carried else ["primary"]
        lacking += [kind for kind in unexplained if kind not in explained]
        lacking += [] if conclusion == "supports" else ["support"]
        lacking += [] if len(examined) == 2 else ["examiners"]
        return lacking + self._wrongly_signed(number, examined, people)

    def _wrongly_signed(self, number, examined, people):
        signed = dict(
            self.rows(
                "SELECT signed_for, entered_by FROM decision_signature"
                " WHERE decision_id = :number AND accepted",
                number=number,
            )
        )
        keepers = {"person": "gloria", "remains": "bruno"}
        coordinators = {
            side: {
                people[name].account_id
                for name in ("bruno", "gloria", "ofelia")
                if people[name].institution_id == people[keeper].institution_id
            }
            for side, keeper in keepers.items()
        }
        return [
            f"signature of {side}"
            for side in keepers
            if signed.get(side) not in coordinators[side] or signed.get(side) in examined
        ]
