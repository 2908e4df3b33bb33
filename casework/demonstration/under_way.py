"""Work under way on a Monday morning: remains on the table, a boat, words that contradict.

Entered by invented people of two institutions through the same deeds as anybody's, and once:
what is there is not entered again. Nobody and nothing in it is real.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.bones.stature import MESOAMERICA
from casework.codes import Condition
from casework.dataset.values import Value, days_of
from casework.description import range_of
from casework.groups.actions import enter_group, say_of_member
from casework.groups.model import Aboard, GroupKind, Outcome, ToldBy
from casework.groups.queries import list_groups
from casework.groups.rules import GroupDraft, MemberDraft
from casework.links.kinds import PEOPLE
from casework.links.queries import Asking
from casework.missing.model import MissingPerson, MissingPersonStatement
from casework.missing.queries import readable_missing
from casework.missing.statements import MISSING_PERSON
from casework.record_codes import IdentificationStatus
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from casework.remains.statements import REMAINS
from casework.statements.columns import Certainty, Method
from casework.statements.describing import AtHand
from casework.statements.picture import entries_in
from casework.statements.reading import read_opened
from casework.statements.saying import Said, Sitting, say
from casework.values import DateRange
from privacy.model import Reveals
from privacy.permissions import Viewer

BONES_ONLY = (Condition.SKELETONISED_ARTICULATED, Condition.SKELETONISED_DISARTICULATED)
# Whom each report of the boat tells of who has no report of their own.
TOLD_OF = (
    "un muchacho de unos 17 años, de Choluteca, que viajaba solo",
    "una señora mayor a quien llamaban doña Mencha",
    "el hermano menor de uno de ellos; nadie recuerda su nombre",
)
ABOARD = 6
_GUATEMALA = {"country": "GT", "place": "Ciudad de Guatemala", "lat": 14.63, "lon": -90.51}
_TECUN = {"country": "GT", "place": "Tecún Umán", "lat": 14.68, "lon": -92.14, "radius_km": 5.0}
_TAPACHULA: dict[str, Value] = {"country": "MX", "admin1": "Chiapas", "place": "Tapachula"}
_TAPACHULA |= {"lat": 14.9, "lon": -92.26, "radius_km": 8.0}
_JUCHITAN: dict[str, Value] = {"country": "MX", "admin1": "Oaxaca", "place": "Juchitán"}
_JUCHITAN |= {"lat": 16.43, "lon": -95.02, "radius_km": 10.0}


def examine_some(session: Session, examiner: Viewer, *, at: datetime) -> None:
    """Examine one set of remains, plan an act for another, and leave a third unclaimed."""
    own = readable_remains(examiner, at).where(
        Remains.owner_institution_id == examiner.institution_id, Remains.invented
    )
    if session.scalars(own.where(Remains.irreversible_act_planned != "").limit(1)).first():
        return
    by_age = own.order_by(Remains.found_from.desc().nulls_last(), Remains.id)
    bones = session.scalars(by_age.where(Remains.condition.in_(BONES_ONLY)).limit(1)).all()
    others = session.scalars(
        by_age.where(Remains.id.not_in([e.id for e in bones])).limit(2)
    ).all()
    told = [_with_an_act(at.date()), _unclaimed()]
    for each in bones:
        told.insert(0, _examined(at.date(), each))
        each.identification_status = IdentificationStatus.UNDER_EXAMINATION
    for remains, said in zip([*bones, *others], told, strict=False):
        hand = AtHand(session, examiner, remains, REMAINS, at)
        sitting = Sitting(Method.EXAMINATION, "Amal Inventada", at.date() - timedelta(days=3))
        say(hand, {path: Said(value) for path, value in said.items()}, sitting)


def _examined(today: date, remains: Remains) -> dict[str, Value]:
    """Bones of one person laid out: what is there, what was measured, how far the work is."""
    seen = _day(today - timedelta(days=3))
    states = {
        "photography": "done",
        "external": "done",
        "effects": "done",
        "fingerprints": "not_possible",
        "radiology": "pending",
        "odontology": "in_progress",
        "anthropology": "in_progress",
        "dna_sampling": "pending",
    }
    told: dict[str, Value] = {
        f"examinations/exam{place}": _examination(kind, state, seen)
        for place, (kind, state) in enumerate(states.items())
    }
    whole = (
        "mandible",
        "clavicle_r",
        "sacrum",
        "hip_r",
        "hip_l",
        "femur_r",
        "femur_l",
        "tibia_r",
        "humerus_r",
    )
    told |= {f"bones/{bone}": {"status": "present"} for bone in whole}
    told |= {f"bones/{bone}": {"status": "absent"} for bone in ("hyoid", "tibia_l")}
    told["bones/humerus_l"] = {"status": "partial"}
    told["skeleton_stage"] = "adult"
    if length := _femur_mm(remains):
        told["bone_lengths/long1"] = {
            "bone": "femur",
            "side": "left",
            "length_mm": {"min": length, "max": length},
        }
    told["age_method"] = "pelvis"
    told["pathology"] = "Fractura antigua de la clavícula derecha, bien soldada."
    return told


def _femur_mm(remains: Remains) -> float | None:
    """Give the length that the stature of these remains was computed of, if one was."""
    stature = range_of(remains.stature_cm_min, remains.stature_cm_max)
    sex = "female" if remains.sex.value.endswith("female") else "male"
    if stature is None:
        return None
    line = MESOAMERICA.lines[sex]["femur"]
    middle = (stature.low + stature.high) / 2
    return float(round((middle - line.constant) / line.slope * 10))


def _examination(kind: str, state: str, seen: Value) -> Value:
    by = {} if state == "pending" else {"examiner": "Amal Inventada", "date": seen}
    return {"kind": kind, "status": state} | by


def _with_an_act(today: date) -> dict[str, Value]:
    act = {
        "act": "common_burial",
        "date": _day(today + timedelta(days=9)),
        "authority": "Fiscalía inventada",
    }
    return {
        "irreversible_act_planned/acto1": act,
        "examinations/exam0": _examination("photography", "done", _day(today)),
    }


def _unclaimed() -> dict[str, Value]:
    name = {"kind": "legal", "given_names": "Inventado", "surname_1": "Sinfamilia"}
    return {
        "named_but_unclaimed": True,
        "family_search": "asked_consulate",
        "possible_names/name1": name | {"source": "document", "belongs": "probable"},
    }


def remember_a_boat(session: Session, officer: Viewer, *, at: datetime) -> None:
    """Enter a boat of six people, known from three reports of the same weeks."""
    asking = Asking(session, officer, PEOPLE, at)
    people = _of_the_same_weeks(session, officer, at)
    known, _ = list_groups(asking)
    if known or len(people) < len(TOLD_OF):
        return
    last = max(each.last_contact_to for each in people if each.last_contact_to)
    draft = GroupDraft(
        GroupKind.BOAT,
        ToldBy.RELATIVE,
        vessel="lancha blanca de motor, sin nombre",
        country="MX",
        place="costa de Chiapas",
        departed=DateRange(last, last + timedelta(days=10)),
        aboard_min=ABOARD,
    )
    group = enter_group(asking, draft, invented=True)
    for person, words in zip(people, TOLD_OF, strict=True):
        reason = "La familia cuenta que llamó antes de subir a la lancha."
        own = MemberDraft(Aboard.TRAVELLED, ToldBy.RELATIVE, reason, outcome=Outcome.MISSING)
        other = MemberDraft(
            Aboard.TRAVELLED,
            ToldBy.RELATIVE,
            "Lo nombró en esa última llamada.",
            outcome=Outcome.UNKNOWN,
            words=words,
        )
        for said in (own, other):
            say_of_member(asking, group, person, said)


def tell_their_way(session: Session, officer: Viewer, *, at: datetime) -> None:
    """Tell how the people of the boat came there: three places, and where they were bound."""
    for person in _of_the_same_weeks(session, officer, at):
        hand = AtHand(session, officer, person, MISSING_PERSON, at)
        if entries_in(read_opened(hand, {Reveals.CIRCUMSTANCE}, names=False), "legs"):
            return
        said = {path: Said(value) for path, value in _way_until(person.last_contact_from)}
        say(hand, said, Sitting(Method.INTERVIEW, "Su madre", at.date() - timedelta(days=4)))


def _way_until(last: date) -> Iterator[tuple[str, Value]]:
    crossed = _day(last - timedelta(days=9))
    yield (
        "legs/way1",
        {
            "from_place": _GUATEMALA,
            "departed": _day(last - timedelta(days=11)),
            "to_place": _TECUN,
            "arrived": _day(last - timedelta(days=10)),
            "mode": "bus",
        },
    )
    yield (
        "legs/way2",
        {"from_place": _TECUN, "departed": crossed, "to_place": _TAPACHULA, "mode": "raft"},
    )
    yield "next_destination", _JUCHITAN


def _of_the_same_weeks(session: Session, officer: Viewer, at: datetime) -> Sequence[Any]:
    """Find three last heard of in Mexico, as near in time to one another as there are."""
    own = readable_missing(officer, at).where(
        MissingPerson.owner_institution_id == officer.institution_id,
        MissingPerson.invented,
        MissingPerson.country == "MX",
        MissingPerson.last_contact_to.is_not(None),
    )
    order = MissingPerson.last_contact_from, MissingPerson.id
    people: Sequence[Any] = session.scalars(own.order_by(*order)).all()
    three = [people[at : at + 3] for at in range(len(people) - 2)]
    return min(three, key=_span, default=())


def _span(three: Sequence[Any]) -> timedelta:
    apart: timedelta = three[-1].last_contact_from - three[0].last_contact_from
    return apart


def let_two_disagree(session: Session, officer: Viewer, *, at: datetime) -> None:
    """Have a friend say otherwise than the mother how tall somebody was; nobody decided yet."""
    said = sa.select(MissingPersonStatement.id).where(
        MissingPersonStatement.entered_by == officer.account_id,
        MissingPersonStatement.method == Method.INTERVIEW,
    )
    if session.scalars(said.limit(1)).first():
        return
    own = readable_missing(officer, at).where(
        MissingPerson.owner_institution_id == officer.institution_id,
        MissingPerson.invented,
        MissingPerson.stature_cm_min.is_(None),
    )
    person = session.scalars(own.order_by(MissingPerson.id).limit(1)).first()
    if person is None:
        return
    told = (
        ("Su madre", {"min": 165.0, "max": 165.0}, Certainty.PROBABLE),
        ("Un amigo del trabajo", {"min": 174.0, "max": 176.0}, Certainty.POSSIBLE),
    )
    for ago, (by, stature, sure) in enumerate(told):
        hand = AtHand(session, officer, person, MISSING_PERSON, at)
        on = at.date() - timedelta(days=12 - 5 * ago)
        say(
            hand,
            {"stature_cm": Said(stature, certainty=sure)},
            Sitting(Method.INTERVIEW, by, on),
        )


def _day(day: date) -> Value:
    return days_of(DateRange(day, day))
