"""A whole record carries the family and the samples of those who agreed, and of nobody else.

Two registries: what one hands out the other takes in, whole, once, and never backwards.
"""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.dataset.shape import RecordKind
from casework.exports.whole import as_file, hand_out_whole
from casework.families.queries import case_of
from casework.missing.model import MissingPerson
from casework.missing.statements import MISSING_PERSON
from casework.pedigree.actions import draw_family
from casework.pedigree.queries import open_family
from casework.pedigree.tree import Member, Sampling, Tree, TreeSex
from casework.pedigree.written import tree_of_words
from casework.remains.model import Remains
from casework.remains.statements import REMAINS
from casework.samples.actions import Happened, Taken, add_entry, register_sample
from casework.samples.model import Happening, SampleKind, SampleState
from casework.samples.queries import MISSING, kept_in, open_rack
from casework.samples.queries import REMAINS as OF_REMAINS
from casework.signin.actions import add_institution
from casework.signin.model import InstitutionKind
from casework.statements.columns import Method
from casework.statements.describing import AtHand
from casework.statements.picture import entries_in, is_contradicted
from casework.statements.reading import groups_opened, read_picture
from casework.statements.saying import Said, Sitting, say
from casework.statements.written import write_record
from privacy.consent.ledger import withdraw
from privacy.consent.model import Consent
from privacy.permissions import Purpose
from privacy.released.register import copies_of
from tests.builders import a_missing_person, a_relative, grant_of, remains_found
from tests.casework.exports.test_exports import wanted
from tests.casework.imports.imported import bring, counts, rules_of_run
from tests.conftest import ADMINISTRATOR, on_a_copy

OPEN = [(each, "identify", "forensic") for each in ("circumstances", "antemortem", "identity")]
DNA = ("dna", "identify", "forensic")
DAY = date(2026, 3, 1)
SECRETS = ("Rosacanaria", "Luiscanario", "Tiacanaria", "Etiquetacanaria", "Notacanaria")
FIELDS = ("dna_family", "dna_samples", "dna_custody")


class Family:
    """A woman, her mother who agreed to DNA, her brother who took it back, and an aunt."""

    kind = RecordKind.MISSING_PERSON

    def __init__(self, database, viewer, at):
        self.database, self.viewer, self.at = database, viewer, at
        with database.transaction(viewer) as session:
            person = a_missing_person(session, viewer, protected=False, grants=OPEN)
            mother = a_relative(session, person, name="Rosacanaria")
            brother = a_relative(session, person, name="Luiscanario", kinship="sibling")
            self.consents = {
                each.id: grant_of(session, person, DNA, giver=each)[0].id
                for each in (mother, brother)
            }
            self.reference, self.person_id = person.reference, person.id
            self.mother_id, self.brother_id = mother.id, brother.id
        self.draw()

    def draw(self, *, born=1970):
        """Draw them: her grandmother joins her mother to an aunt whom nobody registered."""
        members = (
            Member(1, mother=2, sex=TreeSex.FEMALE, born=1995),
            Member(
                2, mother=4, sex=TreeSex.FEMALE, born=born, relative_id=self.mother_id,
                sampling=Sampling.AVAILABLE,
            ),
            Member(
                3, mother=2, sex=TreeSex.MALE, born=1999, relative_id=self.brother_id,
                sampling=Sampling.REFUSED,
            ),
            Member(4, sex=TreeSex.FEMALE, born=1945, is_dead=True),
            Member(5, mother=4, sex=TreeSex.FEMALE),
        )  # fmt: skip
        with self.database.transaction(self.viewer) as session:
            family = open_family(session, self.viewer, self.reference, at=self.at)
            draw_family(
                session, self.viewer, family, Tree(members),
                names={5: "Tiacanaria"}, seen=family.version, at=self.at,
            )  # fmt: skip

    def withdraw(self, giver):
        with self.database.transaction(self.viewer) as session:
            case = case_of(session.get_one(MissingPerson, self.person_id))
            granted = session.get_one(Consent, self.consents[giver])
            withdraw(session, self.viewer, case, granted, at=self.at)

    def take(self, relative_id, kind=SampleKind.REFERENCE_RELATIVE):
        with self.database.transaction(self.viewer) as session:
            rack = open_rack(session, self.viewer, MISSING, self.reference, at=self.at)
            details = {"label": "Etiquetacanaria", "kit": "FTA", "laboratory": "Laboratorio A"}
            taken = Taken(kind=kind, relative_id=relative_id, taken_on=DAY, details=details)
            return register_sample(session, self.viewer, rack, taken, at=self.at).id

    def follow(self, number, side=MISSING, corrects=None, **said):
        with self.database.transaction(self.viewer) as session:
            rack = open_rack(session, self.viewer, side, self.reference, at=self.at)
            kept = kept_in(rack, number)
            wrong = next((each for each in kept.entries if each.id == corrects), None)
            happened = Happened(happened_on=DAY, **said)
            return add_entry(
                session, self.viewer, rack, kept, happened=happened, corrects=wrong, at=self.at
            ).id


@pytest.fixture
def abroad(bruno):
    return bruno


@pytest.fixture
def service(database, bruno, lidia, noon):
    """A forensic service of the country whose institution keeps the file."""
    with database.transaction(ADMINISTRATOR) as session:
        added = add_institution(
            session,
            ADMINISTRATOR,
            name="Servicio inventado",
            kind=InstitutionKind.FORENSIC_SERVICE,
            country=lidia.country,
            invented=True,
            at=noon,
        )
        return replace(bruno, institution_id=added.id)


def handed_over(to, note="Notacanaria", **details):
    told = {"from": "Lidia", "to": to, "seal": "A-1", "note": note, **details}
    return {"happening": Happening.HANDED_OVER, "details": told}


@pytest.fixture
def family(database, lidia, noon):
    made = Family(database, lidia, noon)
    sample = made.take(made.mother_id)
    wrong = made.follow(sample, **handed_over("Mensajería"))
    made.follow(sample, corrects=wrong, **handed_over("Laboratorio A"))
    made.follow(sample, happening=Happening.STATE, state=SampleState.PROFILE_OBTAINED)
    made.take(made.brother_id)
    made.withdraw(made.brother_id)
    return made


def handed(family, recipient, at, **stated):
    """Hand her out; give the file, read again."""
    request = wanted(recipient.institution_id, **stated)
    with family.database.transaction(family.viewer) as session:
        copy = hand_out_whole(session, family.viewer, request, family.kind, at=at)
        return json.loads(as_file(copy, "Ejemplar"))


def said_in(record, field):
    """What a file says of one repeated field: the words of all its statements, by entry."""
    return {
        path.partition("/")[2]: word["value"]
        for statement in record["statements"]
        for path, word in statement["assertions"].items()
        if path.startswith(f"{field}/")
    }


def as_bytes(file):
    return json.dumps(file).encode()


def held(world, viewer, at, described=MISSING_PERSON, model=MissingPerson):
    """What a registry holds of the DNA of its one copy, and the copy written down again."""
    with world.transaction(viewer) as session:
        about = session.query(model).filter_by(originality="copy").one()
        hand = AtHand(session, viewer, about, described, at)
        picture = read_picture(hand, described.groups)
        record = write_record(hand, groups_opened(hand, described.groups))
    assert not [path for path in picture if is_contradicted(picture, path)]
    return {each: entries_in(picture, each) for each in FIELDS}, record


def test_r47_of_a_family_leaves_what_those_who_agreed_need_and_no_name(family, service, noon):
    (record,) = handed(family, service, noon)["records"]

    text = json.dumps(record, ensure_ascii=False)
    assert not [secret for secret in SECRETS if secret in text]
    tree = said_in(record, "dna_family")
    (sample,) = said_in(record, "dna_samples").values()
    assert tree == {
        "p00001": {"person": "MP", "mother": "P2", "sex": "female",
                   "born": {"min": 1995.0, "max": 1995.0}},
        "p00002": {"person": "P2", "mother": "P3", "sex": "female", "availability": "available",
                   "born": {"min": 1970.0, "max": 1970.0}, "sample_id": sample["sample_id"]},
        "p00003": {"person": "P3", "sex": "female"},
    }  # fmt: skip
    assert sample["relationship"] == "mother"
    assert (record["groups"], record["closed"]) == (
        "body circumstance dna identity",
        "contact",
    )
    with family.database.transaction(family.viewer) as session:
        (kept,) = copies_of(session, missing_person_id=family.person_id)
    assert "dna" in kept.groups


def test_r48_when_nobody_agrees_any_more_nothing_of_it_leaves(family, service, noon):
    family.withdraw(family.mother_id)

    (record,) = handed(family, service, noon)["records"]

    assert [said_in(record, each) for each in FIELDS] == [{}, {}, {}]
    assert "dna" in record["closed"].split()


def test_dna_leaves_no_country_that_has_no_law_for_it(family, abroad, noon):
    (record,) = handed(family, abroad, noon)["records"]

    assert [said_in(record, each) for each in FIELDS] == [{}, {}, {}]
    assert record["closed"] == "contact dna"


def test_what_somebody_wrote_of_dna_leaves_only_with_its_sample(family, service, noon):
    number = said_in(handed(family, service, noon)["records"][0], "dna_samples")
    ((mothers),) = [each["sample_id"] for each in number.values()]
    profiles = {
        "dna_profiles/aaaa11": {"profile_id": "L-1", "sample_id": mothers},
        "dna_profiles/bbbb22": {"profile_id": "L-2canario", "sample_id": "DS-OTRA"},
        "dna_comparisons/cccc33": {"hypothesis_1": "L-3canario"},
        "also_in_case": "L-4canario",
    }
    with family.database.transaction(family.viewer) as session:
        about = session.get_one(MissingPerson, family.person_id)
        hand = AtHand(session, family.viewer, about, MISSING_PERSON, noon)
        laboratory = Sitting(Method.LABORATORY, "Laboratorio A", DAY)
        say(hand, {path: Said(value) for path, value in profiles.items()}, laboratory)

    text = json.dumps(handed(family, service, noon))

    assert ("L-1" in text, "canario" in text) == (True, False)


def test_a_family_and_its_samples_are_the_same_in_the_next_registry_and_the_one_after(
    family, service, noon, server, template_database
):
    file = handed(family, service, noon)
    (record,) = file["records"]
    brings_in = replace(service, institution_id=family.viewer.institution_id)

    with on_a_copy(server, template_database, "next_registry") as elsewhere:
        first = bring(elsewhere, brings_in, as_bytes(file), "expediente.json")
        again = bring(elsewhere, brings_in, as_bytes(file), "expediente.json")
        there, onwards = held(elsewhere, family.viewer, noon)

    assert (counts(first), counts(again)) == ({"accepted": 1}, {"unchanged": 1})
    assert there == {each: said_in(record, each) for each in FIELDS}
    assert {each: said_in(onwards, each) for each in FIELDS} == there
    assert onwards["record_id"] == record["record_id"]
    tree = tree_of_words(there["dna_family"].values())
    assert [(each.number, each.mother) for each in tree.members] == [(1, 2), (2, 3), (3, None)]
    chain = there["dna_custody"]
    assert {each.get("to") or each["state"] for each in chain.values()} == {
        *("Mensajería", "Laboratorio A", "profile_obtained")
    }
    (corrected,) = [each["corrects"] for each in chain.values() if "corrects" in each]
    assert chain[corrected]["to"] == "Mensajería"


def test_a_newer_file_brings_the_new_tree_and_an_older_one_brings_nothing_back(
    family, service, noon, server, template_database
):
    brings_in = replace(service, institution_id=family.viewer.institution_id)
    older = handed(family, service, noon)
    family.draw(born=1971)
    newer = handed(family, service, noon + timedelta(hours=1))
    smaller = deepcopy(newer)
    smaller["records"][0]["made_at"] = (noon + timedelta(hours=2)).isoformat()
    for statement in smaller["records"][0]["statements"]:
        statement["assertions"].pop("dna_family/p00003", None)
        (statement["assertions"].get("dna_family/p00002") or {"value": {}})["value"].pop(
            "mother", None
        )

    with on_a_copy(server, template_database, "newer_and_older") as elsewhere:
        runs = [
            bring(elsewhere, brings_in, as_bytes(each), "expediente.json")
            for each in (older, newer, older)
        ]
        there, _ = held(elsewhere, family.viewer, noon)
        last = bring(elsewhere, brings_in, as_bytes(smaller), "expediente.json")
        fewer, _ = held(elsewhere, family.viewer, noon)
        rules = rules_of_run(elsewhere, runs[-1])

    assert [counts(each) for each in (*runs, last)] == [
        *({"accepted": 1}, {"updated": 1}, {"quarantined": 1}, {"updated": 1})
    ]
    assert rules == ["older_record"]
    assert there["dna_family"]["p00002"]["born"] == {"min": 1971.0, "max": 1971.0}
    assert sorted(fewer["dna_family"]) == ["p00001", "p00002"]


def test_the_same_words_handed_out_again_make_older_ones_older(
    family, service, noon, server, template_database
):
    brings_in = replace(service, institution_id=family.viewer.institution_id)
    file = handed(family, service, noon)
    family.draw(born=1971)
    between = handed(family, service, noon + timedelta(hours=1))
    file["records"][0]["made_at"] = (noon + timedelta(hours=2)).isoformat()

    with on_a_copy(server, template_database, "the_same_again") as elsewhere:
        first = deepcopy(file)
        first["records"][0]["made_at"] = noon.isoformat()
        runs = [
            bring(elsewhere, brings_in, as_bytes(each), "expediente.json")
            for each in (first, file, between)
        ]

    assert [counts(each) for each in runs] == [
        *({"accepted": 1}, {"unchanged": 1}, {"quarantined": 1})
    ]


def word_of(record, path):
    (word,) = [e["assertions"][path] for e in record["statements"] if path in e["assertions"]]
    return word["value"]


def as_his_own_mother(record):
    word_of(record, "dna_family/p00003")["mother"] = "MP"


def as_somebody_who_is_not_there(record):
    word_of(record, "dna_family/p00002")["mother"] = "P70"


def as_nobody(record):
    word_of(record, "dna_family/p00002")["person"] = "Rosa"


def of_another_sample(record):
    (path, *_) = [f"dna_custody/{each}" for each in said_in(record, "dna_custody")]
    word_of(record, path)["sample_id"] = "DS-OTRA"


def test_what_cannot_be_of_a_family_or_a_sample_is_refused_by_name(
    family, service, noon, server, template_database
):
    brings_in = replace(service, institution_id=family.viewer.institution_id)
    file = handed(family, service, noon)
    spoilt = [
        (as_his_own_mother, "family_cannot_be"),
        (as_somebody_who_is_not_there, "family_cannot_be"),
        (as_nobody, "family_cannot_be"),
        (of_another_sample, "custody_of_no_sample"),
        (lambda record: record.update(made_at="ayer"), "record_unreadable"),
        (lambda record: record.update(made_at="2026-03-09T12:00:00"), "record_unreadable"),
        (lambda record: record.update(made_at="2036-03-09T12:00:00Z"), "record_unreadable"),
    ]

    with on_a_copy(server, template_database, "spoilt_families") as elsewhere:
        for spoil, rule in spoilt:
            wrong = deepcopy(file)
            spoil(wrong["records"][0])
            run = bring(elsewhere, brings_in, as_bytes(wrong), "malo.json")
            assert (counts(run), rules_of_run(elsewhere, run)) == ({"quarantined": 1}, [rule])


class Found(Family):
    """Remains with a sample that went to a laboratory."""

    kind = RecordKind.REMAINS

    def __init__(self, database, viewer, at):
        self.database, self.viewer, self.at = database, viewer, at
        with database.transaction(viewer) as session:
            found = remains_found(session, viewer)
            self.reference, number = found.reference, found.id
        with database.transaction(viewer) as session:
            rack = open_rack(session, viewer, OF_REMAINS, self.reference, at=at)
            details = {"label": "F-1", "element": "fémur izquierdo", "retained_where": "Caja 3"}
            taken = Taken(kind=SampleKind.BONE, taken_on=DAY, details=details)
            sample = register_sample(session, viewer, rack, taken, at=at).id
            hand = AtHand(session, viewer, session.get_one(Remains, number), REMAINS, at)
            compared = {"hypothesis_1": "Hijacanaria"}
            say(
                hand,
                {
                    "dna_comparisons/cccc33": Said(compared),
                    "dna_profiles/aaaa11": Said({"profile_id": "L-9"}),
                },
                Sitting(Method.LABORATORY, "", DAY),
            )
        self.follow(sample, OF_REMAINS, **handed_over("Laboratorio A", note="Frío"))


def test_samples_of_remains_leave_to_identify_and_arrive_whole(
    database, bruno, gloria, noon, server, template_database
):
    found = Found(database, bruno, noon)

    searched = handed(found, gloria, noon)["records"][0]
    file = handed(found, gloria, noon, purpose=Purpose.IDENTIFY)

    (record,) = file["records"]
    assert said_in(searched, "dna_samples") == {}
    (sample,) = said_in(record, "dna_samples").values()
    (entry,) = said_in(record, "dna_custody").values()
    assert (sample["label"], sample["element"]) == ("F-1", "fémur izquierdo")
    assert (entry["to"], entry["note"]) == ("Laboratorio A", "Frío")
    assert said_in(record, "dna_profiles")
    assert "Hijacanaria" not in json.dumps(file)
    with on_a_copy(server, template_database, "remains_elsewhere") as elsewhere:
        assert counts(bring(elsewhere, bruno, as_bytes(file), "restos.json")) == {"accepted": 1}
        there, onwards = held(elsewhere, bruno, noon, REMAINS, Remains)
    assert there == {each: said_in(record, each) for each in FIELDS}
    assert {each: said_in(onwards, each) for each in FIELDS} == there
