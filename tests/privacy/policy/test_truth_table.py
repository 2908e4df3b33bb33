"""The policies against a truth written apart from them, in plain Python, from the rules agreed.

Nothing of the policies is used to write down who may see what; thousands of random viewers
and records are put to both. Where the two part, one of them is wrong.
The truth stays whole in one file, so that it can be read from top to bottom beside the rules.
"""

from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.permissions import PURPOSES, Permission, Purpose, Role, Viewer
from privacy.policy.decisions import NOT_ANSWERED, rule_on
from privacy.policy.rulebook import shipped_rulebook

GROUPS = ("circumstance", "identity", "contact", "body", "dna")
FOR = ("search", "identify", "notify")
# What countries.toml says today of the countries drawn below; copied by hand on purpose.
DNA_MAY_TRAVEL = {"MX"}
TO = ("forensic", "forensic:MX", "forensic:GT", "institution:1", "institution:2",
      "consulate:HN", "consulate:VE")  # fmt: skip
OF_PEOPLE = {
    "circumstance": Permission.MISSING_READ,
    "identity": Permission.MISSING_IDENTITY_READ,
    "contact": Permission.MISSING_CONTACT_READ,
    "body": Permission.MISSING_BODY_READ,
    "dna": Permission.MISSING_DNA_READ,
}
OF_REMAINS = {
    "circumstance": Permission.REMAINS_READ,
    "identity": Permission.REMAINS_IDENTITY_READ,
    "body": Permission.REMAINS_BODY_READ,
    "dna": Permission.REMAINS_DNA_READ,
}
OF_LIVING = {
    "circumstance": Permission.LIVING_READ,
    "identity": Permission.LIVING_IDENTITY_READ,
    "contact": Permission.LIVING_CONTACT_READ,
    "body": Permission.LIVING_BODY_READ,
}
FORENSIC = {Role.FORENSIC_EXAMINER, Role.FORENSIC_COORDINATOR}


@dataclass(frozen=True)
class Person:
    owner: int = 1
    country: str = "MX"
    nationalities: tuple[str, ...] = ("HN",)
    protected: bool = False
    restricted: bool = False
    searchable: bool = False
    kept_from: tuple[str, ...] = ()
    grants: frozenset[tuple[str, str, str]] = field(default_factory=frozenset)

    def facts(self) -> dict[str, Any]:
        plain = {
            name: getattr(self, name)
            for name in ("owner", "country", "protected", "restricted", "searchable")
        }
        granted = {
            group: {
                purpose: [to for (of, why, to) in self.grants if (of, why) == (group, purpose)]
                for purpose in FOR
            }
            for group in GROUPS
        }
        countries = {
            "nationalities": list(self.nationalities),
            "country_restrictions": list(self.kept_from),
        }
        return plain | granted | countries

    def says(self, group: str, purposes: set[str], to: set[str]) -> bool:
        return any((group, why, who) in self.grants for why in purposes for who in to)


@dataclass(frozen=True)
class Found:
    owner: int = 1
    country: str = "MX"
    restricted: bool = False
    searchable: bool = False
    country_restrictions: tuple[str, ...] = ()

    def facts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class Alive:
    owner: int = 1
    restricted: bool = False
    agreed: bool = False
    country_restrictions: tuple[str, ...] = ()

    def facts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def proven(role: Role, institution_id: int, purpose: Purpose) -> Viewer:
    """Give somebody of a Mexican institution who has just proved who they are."""
    return Viewer(7, role, institution_id, "MX", purpose, second_factor=True, stepped_up=True)


# ---- the truth, as a lawyer would tell it -------------------------------------------------


def reaches(viewer: Viewer) -> set[str]:
    names = {f"institution:{viewer.institution_id}"}
    if viewer.role in FORENSIC:
        names |= {"forensic", "forensic:" + viewer.country}
    if viewer.role is Role.CONSULAR_OFFICER and viewer.country in {"HN", "GT", "MX"}:
        names.add("consulate:" + viewer.country)
    return names


def is_keeper(viewer: Viewer) -> bool:
    return viewer.role is Role.ENGINE and viewer.purpose is Purpose.KEEP


def proved(viewer: Viewer, group: str, *, protected: bool) -> bool:
    """Identity, contact and DNA ask for more than a password."""
    if viewer.role is Role.ENGINE:
        return True
    if group in {"identity", "contact", "dna"} and not viewer.second_factor:
        return False
    return viewer.stepped_up or not (group == "dna" or (group == "identity" and protected))


def is_kept_from(viewer: Viewer, owner: int, countries: tuple[str, ...]) -> bool:
    """Whom a record is kept from knows nothing of it; the one that keeps it is never meant."""
    is_human = viewer.role is not Role.ENGINE
    return is_human and viewer.institution_id != owner and viewer.country in countries


def dna_is_home(viewer: Viewer, country: str) -> bool:
    return viewer.country == country or country in DNA_MAY_TRAVEL


def sees_person(  # noqa: PLR0911 - a sentence of the rules, a line here
    viewer: Viewer, person: Person, group: str
) -> bool:
    if viewer.purpose not in PURPOSES[viewer.role]:
        return False
    if is_keeper(viewer):
        return True
    is_proved = proved(viewer, group, protected=person.protected)
    if not is_proved or is_kept_from(viewer, person.owner, person.kept_from):
        return False
    is_own = person.owner == viewer.institution_id
    answers_for_it = viewer.role in {Role.LIAISON_OFFICER, Role.FORENSIC_COORDINATOR}
    if person.restricted and not (is_own and answers_for_it):
        return False
    is_human = viewer.role is not Role.ENGINE
    if group == "dna" and is_human and not dna_is_home(viewer, person.country):
        return False
    match viewer.role:
        case Role.LIAISON_OFFICER:
            return is_own
        case Role.FORENSIC_EXAMINER | Role.FORENSIC_COORDINATOR:
            return is_own or granted_to_forensic(viewer, person, group)
        case Role.CONSULAR_OFFICER:
            return granted_to_consulate(viewer, person, group)
        case Role.ENGINE:
            return person.searchable and group in {"circumstance", "identity", "body"}
    return False


def granted_to_forensic(viewer: Viewer, person: Person, group: str) -> bool:
    if viewer.purpose is Purpose.JUSTICE:
        return False  # no family was asked, and no rule says yet, that it opens for that
    to, looking = reaches(viewer), {"search", "identify"}
    if not person.says("circumstance", looking, to):
        return False
    if group != "contact":
        return person.says(group, looking, to)
    tells = viewer.role is Role.FORENSIC_COORDINATOR and viewer.purpose is Purpose.NOTIFY
    return tells and person.says("contact", {"notify"}, to)


def granted_to_consulate(viewer: Viewer, person: Person, group: str) -> bool:
    if viewer.country not in person.nationalities or person.protected:
        return False
    to, purpose = reaches(viewer), {viewer.purpose.value}
    return person.says("circumstance", purpose, to) and person.says(group, purpose, to)


def sees_remains(  # noqa: PLR0911 - as above
    viewer: Viewer, remains: Found, group: str
) -> bool:
    if viewer.purpose not in PURPOSES[viewer.role]:
        return False
    if is_keeper(viewer):
        return True
    is_proved = proved(viewer, group, protected=False)
    if not is_proved or is_kept_from(viewer, remains.owner, remains.country_restrictions):
        return False
    is_own = remains.owner == viewer.institution_id
    if remains.restricted and not (is_own and viewer.role is Role.FORENSIC_COORDINATOR):
        return False
    if viewer.role is Role.ENGINE:
        return remains.searchable and group in {"circumstance", "identity", "body"}
    if viewer.role not in FORENSIC:
        return False
    if group == "dna" and not dna_is_home(viewer, remains.country):
        return False
    if is_own:
        return True
    if group in {"identity", "dna"} and viewer.purpose is not Purpose.IDENTIFY:
        return False
    return remains.searchable


def sees_alive(  # noqa: PLR0911 - as above
    viewer: Viewer, person: Alive, group: str
) -> bool:
    """Who is alive is told to nobody but who keeps them, unless they said yes themselves."""
    if viewer.purpose not in PURPOSES[viewer.role] or viewer.purpose is Purpose.JUSTICE:
        return False
    if is_keeper(viewer):
        return True
    if viewer.role is Role.ENGINE:
        # To be laid beside who is missing: by their own yes, and never where they are.
        return person.agreed and not person.restricted and group != "contact"
    if viewer.role not in {*FORENSIC, Role.LIAISON_OFFICER}:
        return False  # no consulate, no counting; and no enforcement anywhere
    if group in {"identity", "contact"} and not viewer.second_factor:
        return False
    if is_kept_from(viewer, person.owner, person.country_restrictions):
        return False
    is_own = person.owner == viewer.institution_id
    keeps = is_own and viewer.role is not Role.FORENSIC_EXAMINER
    if group == "contact":
        return keeps and viewer.stepped_up
    if person.restricted and not keeps:
        return False
    identifies = viewer.role in FORENSIC and viewer.purpose is Purpose.IDENTIFY
    return is_own or (identifies and person.agreed)


# ---- generators that aim: few values, so that rules meet each other -----------------------

viewers = st.builds(
    Viewer,
    account_id=st.just(7),
    role=st.sampled_from(list(Role)),
    institution_id=st.sampled_from([1, 2, 3]),
    country=st.sampled_from(["MX", "HN", "GT", "VE"]),
    purpose=st.sampled_from(list(Purpose)),
    second_factor=st.booleans(),
    stepped_up=st.booleans(),
)


@st.composite
def likely_viewers(draw):
    """Draw somebody who is at work: a purpose of the duty, nearly always a second factor."""
    viewer = draw(viewers)
    return replace(
        viewer,
        purpose=draw(st.sampled_from(PURPOSES[viewer.role])),
        second_factor=draw(st.sampled_from([True, True, True, False])),
        stepped_up=draw(st.sampled_from([True, True, False])),
    )


grants = st.frozensets(
    st.tuples(st.sampled_from(GROUPS), st.sampled_from(FOR), st.sampled_from(TO)), max_size=5
) | st.builds(
    lambda groups, why, to: frozenset((group, why, to) for group in {*groups, "circumstance"}),
    st.frozensets(st.sampled_from(GROUPS)),
    st.sampled_from(FOR),
    st.sampled_from(TO),
)
countries_kept_from = st.sampled_from([(), (), (), ("HN",), ("GT", "MX")])
people = st.builds(
    Person,
    owner=st.sampled_from([1, 2, 3]),
    country=st.sampled_from(["MX", "HN"]),
    nationalities=st.lists(st.sampled_from(["HN", "VE", "GT"]), max_size=2).map(tuple),
    protected=st.sampled_from([False, False, True]),
    restricted=st.sampled_from([False, False, False, True]),
    searchable=st.booleans(),
    kept_from=countries_kept_from,
    grants=grants,
)
remains = st.builds(
    Found,
    owner=st.sampled_from([1, 2, 3]),
    country=st.sampled_from(["MX", "HN"]),
    restricted=st.sampled_from([False, False, False, True]),
    searchable=st.booleans(),
    country_restrictions=countries_kept_from,
)


alive = st.builds(
    Alive,
    owner=st.sampled_from([1, 2, 3]),
    restricted=st.sampled_from([False, False, False, True]),
    agreed=st.booleans(),
    country_restrictions=countries_kept_from,
)


def disagreement(viewer, record, truth, permissions, kind):
    """Name the first group on which the policies and the truth part."""
    for group, permission in permissions.items():
        ruling = rule_on(viewer, permission, kind, record.facts())
        if ruling.allowed != truth(viewer, record, group):
            return group, ruling
    return None


@settings(max_examples=800)
@given(likely_viewers() | viewers, people)
def test_r03_who_reads_what_of_a_missing_person_is_what_was_agreed(viewer, person):
    assert disagreement(viewer, person, sees_person, OF_PEOPLE, "MissingPerson") is None


@settings(max_examples=300)
@given(likely_viewers() | viewers, remains)
def test_r09_who_reads_what_of_remains_is_what_was_agreed(viewer, found):
    assert disagreement(viewer, found, sees_remains, OF_REMAINS, "Remains") is None


@settings(max_examples=300)
@given(likely_viewers() | viewers, alive)
def test_who_reads_what_of_somebody_alive_is_what_was_agreed(viewer, person):
    assert disagreement(viewer, person, sees_alive, OF_LIVING, "LivingPerson") is None


# ---- the comparison above must be able to fail --------------------------------------------

CONSUL = Viewer(
    account_id=7,
    role=Role.CONSULAR_OFFICER,
    institution_id=2,
    country="HN",
    second_factor=True,
    stepped_up=True,
)
TO_THE_CONSULATE = frozenset((group, "search", "consulate:HN") for group in GROUPS)


def test_r03_a_truth_that_forgets_protection_would_be_noticed():
    person = Person(protected=True, grants=TO_THE_CONSULATE)

    def forgetful(viewer, record, group):
        return sees_person(viewer, replace(record, protected=False), group)

    found = disagreement(CONSUL, person, forgetful, OF_PEOPLE, "MissingPerson")
    assert found is not None
    assert found[1].rule == "protected-from-consulates"


@pytest.mark.parametrize(
    ("record", "truth", "permissions", "kind", "rule"),
    [
        (Person(owner=1, kept_from=("MX",), grants=frozenset(product(GROUPS, FOR, TO))),
         sees_person, OF_PEOPLE, "MissingPerson", "country-excluded-missing"),
        (Found(owner=1, searchable=True, country_restrictions=("MX",)),
         sees_remains, OF_REMAINS, "Remains", "country-excluded-remains"),
        (Alive(owner=1, agreed=True, country_restrictions=("MX",)),
         sees_alive, OF_LIVING, "LivingPerson", "country-excluded-living"),
    ],
)  # fmt: skip
def test_r03_a_truth_that_forgets_from_whom_a_record_is_kept_would_be_noticed(
    record, truth, permissions, kind, rule
):
    viewer = proven(Role.FORENSIC_COORDINATOR, 2, Purpose.IDENTIFY)
    column = "kept_from" if kind == "MissingPerson" else "country_restrictions"

    def forgetful(viewer, record, group):
        return truth(viewer, replace(record, **{column: ()}), group)

    assert disagreement(viewer, record, truth, permissions, kind) is None
    assert disagreement(viewer, record, forgetful, permissions, kind)[1].rule == rule


def test_r03_a_rule_that_opens_too_much_would_be_noticed():
    stranger = replace(CONSUL, country="GT")
    person = Person(grants=TO_THE_CONSULATE | {("circumstance", "search", "consulate:GT")})

    def generous(viewer, record, group):
        return group == "circumstance" or sees_person(viewer, record, group)

    assert disagreement(stranger, person, generous, OF_PEOPLE, "MissingPerson") is not None


# ---- r04, r05 -----------------------------------------------------------------------------


def test_r04_whose_asylum_nobody_asked_about_is_protected_and_does_not_exist_for_a_consulate():
    open_to_them = Person(grants=TO_THE_CONSULATE)

    assert rule_on(CONSUL, Permission.MISSING_READ, "MissingPerson", open_to_them.facts())
    for permission in OF_PEOPLE.values():
        person = replace(open_to_them, protected=True)
        assert not rule_on(CONSUL, permission, "MissingPerson", person.facts())


@pytest.mark.parametrize("permission", list(OF_PEOPLE.values()))
def test_r03_what_was_granted_for_the_search_is_not_opened_for_justice(permission):
    elsewhere = Person(owner=1, grants=frozenset(product(GROUPS, FOR, TO))).facts()
    own = Person(owner=2).facts()

    def ruled(purpose, facts):
        viewer = proven(Role.FORENSIC_COORDINATOR, 2, purpose)
        return bool(rule_on(viewer, permission, "MissingPerson", facts))

    assert not ruled(Purpose.JUSTICE, elsewhere)
    assert ruled(Purpose.JUSTICE, own)
    # Shown to see: to tell a family, the same person opens the same file.
    assert ruled(Purpose.NOTIFY, elsewhere)


ATTRIBUTES = tuple(Person().facts())
OPEN = Person(owner=2, searchable=True, grants=frozenset(product(GROUPS, FOR, TO)))


@pytest.mark.parametrize("attribute", ATTRIBUTES)
@pytest.mark.parametrize("permission", list(OF_PEOPLE.values()))
def test_r05_a_record_that_lacks_an_attribute_opens_to_nobody(attribute, permission):
    viewers = [
        Viewer(7, role, 2, "MX", purpose=PURPOSES[role][0], second_factor=True, stepped_up=True)
        for role in Role
    ]
    lacking = {name: value for name, value in OPEN.facts().items() if name != attribute}

    rulings = [rule_on(each, permission, "MissingPerson", lacking) for each in viewers]

    assert {(each.allowed, each.rule) for each in rulings} == {(False, NOT_ANSWERED)}


def test_r05_the_record_above_is_open_while_it_is_whole():
    viewer = proven(Role.FORENSIC_COORDINATOR, 2, Purpose.NOTIFY)

    assert all(
        rule_on(viewer, each, "MissingPerson", OPEN.facts()) for each in OF_PEOPLE.values()
    )


@given(likely_viewers(), people, st.data())
@settings(max_examples=100)
def test_r05_whatever_is_broken_in_a_record_never_opens_it(viewer, person, data):
    facts = person.facts()
    name = data.draw(st.sampled_from(ATTRIBUTES))
    facts[name] = data.draw(st.sampled_from([None, 1.5, {}, [1], {"search": "all"}]))
    if person.facts()[name] == facts[name]:
        return

    ruling = rule_on(viewer, Permission.MISSING_READ, "MissingPerson", facts)

    assert (ruling.allowed, ruling.rule) == (False, NOT_ANSWERED)


def test_r05_an_attribute_nobody_knows_is_refused():
    facts = OPEN.facts() | {"is_a_friend": True}
    viewer = replace(CONSUL, role=Role.LIAISON_OFFICER)

    assert rule_on(viewer, Permission.MISSING_READ, "MissingPerson", facts).rule == NOT_ANSWERED


def test_r07_an_act_on_a_kind_of_record_it_is_not_for_is_refused():
    viewer = replace(CONSUL, role=Role.LIAISON_OFFICER)

    for kind in ("Remains", "Registry", "Nothing"):
        assert not rule_on(viewer, Permission.MISSING_READ, kind, {})


# ---- r09: the matrix of fields ------------------------------------------------------------

MATRIX = [
    # role, purpose, second factor, step-up → what opens of one's own protected person
    (Role.LIAISON_OFFICER, Purpose.SEARCH, False, False, "circumstance body"),
    (Role.LIAISON_OFFICER, Purpose.SEARCH, True, False, "circumstance contact body"),
    (Role.LIAISON_OFFICER, Purpose.SEARCH, True, True,
     "circumstance identity contact body dna"),
    (Role.FORENSIC_EXAMINER, Purpose.SEARCH, False, True, "circumstance body"),
    (Role.FORENSIC_COORDINATOR, Purpose.SEARCH, True, True,
     "circumstance identity contact body dna"),
    (Role.CONSULAR_OFFICER, Purpose.SEARCH, True, True, ""),
    (Role.DATA_PROTECTION_OFFICER, Purpose.OVERSIGHT, True, True, ""),
    (Role.ADMINISTRATOR, Purpose.OVERSIGHT, True, True, ""),
    (Role.ANALYST, Purpose.STATISTICS, True, True, ""),
    (Role.DOOR, Purpose.SEARCH, True, True, ""),
]  # fmt: skip


@pytest.mark.parametrize(("role", "purpose", "factor", "stepped_up", "opens"), MATRIX)
def test_r09_each_group_of_fields_is_an_act_of_its_own(
    role, purpose, factor, stepped_up, opens
):
    viewer = Viewer(7, role, 1, "MX", purpose, second_factor=factor, stepped_up=stepped_up)
    person = Person(owner=1, protected=True, searchable=True)

    open_groups = {
        group
        for group, permission in OF_PEOPLE.items()
        if rule_on(viewer, permission, "MissingPerson", person.facts())
    }

    assert open_groups == set(opens.split())


@pytest.mark.parametrize("group", ["identity", "body", "dna"])
def test_r09_a_grant_of_one_group_opens_that_group_and_no_other(group):
    viewer = proven(Role.FORENSIC_EXAMINER, 2, Purpose.SEARCH)
    shared = frozenset({("circumstance", "search", "forensic"), (group, "search", "forensic")})
    person = Person(owner=1, grants=shared)

    open_groups = {
        each
        for each, permission in OF_PEOPLE.items()
        if rule_on(viewer, permission, "MissingPerson", person.facts())
    }

    assert open_groups == {"circumstance", group}


# ---- r12 ----------------------------------------------------------------------------------

SIDES = ("person_is_open", "person_is_own", "person_may_be_searched",
         "remains_are_open", "remains_are_own", "remains_may_be_searched",
         "kept_apart")  # fmt: skip


@pytest.mark.parametrize("sides", list(product([False, True], repeat=7)))
@pytest.mark.parametrize("role", list(Role))
def test_r12_a_proposal_opens_with_both_sides_and_is_blinded_with_ones_own(role, sides):
    facts = dict(zip(SIDES, sides, strict=True))
    viewer = proven(role, 1, Purpose.SEARCH)
    both_searched = facts["person_may_be_searched"] and facts["remains_may_be_searched"]
    both_open = facts["person_is_open"] and facts["remains_are_open"]
    only_own = (
        facts["person_is_open"] and facts["person_is_own"] and not facts["remains_are_open"]
    ) or (
        facts["remains_are_open"] and facts["remains_are_own"] and not facts["person_is_open"]
    )

    whole = rule_on(viewer, Permission.PAIRING_READ, "Pairing", facts)
    blinded = rule_on(viewer, Permission.PAIRING_BLINDED_READ, "Pairing", facts)

    is_forensic = role in FORENSIC and not facts["kept_apart"]
    assert whole.allowed == (
        role is Role.ENGINE or (is_forensic and both_open and both_searched)
    )
    assert blinded.allowed == (is_forensic and only_own and both_searched)
    assert not (is_forensic and whole and blinded)


OF_ALIVE = ("living_is_open", "living_is_own", "living_may_be_searched",
            "person_is_open", "person_may_be_searched", "kept_apart")  # fmt: skip


@pytest.mark.parametrize("sides", list(product([False, True], repeat=6)))
@pytest.mark.parametrize(
    ("role", "purpose"), [(role, each) for role in Role for each in PURPOSES[role]]
)
def test_who_may_be_looking_for_the_living_is_told_to_who_keeps_them(role, purpose, sides):
    facts = dict(zip(OF_ALIVE, sides, strict=True))
    viewer = proven(role, 1, purpose)
    keeps = role in {Role.LIAISON_OFFICER, Role.FORENSIC_COORDINATOR}
    is_shown = all(sides[:3]) and sides[4] and not facts["kept_apart"]
    told = keeps and purpose is not Purpose.JUSTICE and is_shown

    whole = rule_on(viewer, Permission.SOUGHT_READ, "LivingPairing", facts)
    blinded = rule_on(viewer, Permission.SOUGHT_BLINDED_READ, "LivingPairing", facts)

    assert whole.allowed == (role is Role.ENGINE or (told and facts["person_is_open"]))
    assert blinded.allowed == (told and not facts["person_is_open"])


CASE_ROLES = {
    Role.LIAISON_OFFICER: "MX",
    Role.FORENSIC_EXAMINER: "MX",
    Role.FORENSIC_COORDINATOR: "MX",
    Role.CONSULAR_OFFICER: "HN",
    Role.ENGINE: "",
}


def test_every_rule_about_people_decides_for_somebody():
    """A rule that never decides is a rule nobody has tried."""
    about = {
        each.id for each in shipped_rulebook().rules.values() if each.kind == "MissingPerson"
    }
    everything = frozenset(product(GROUPS, FOR, TO))
    worlds = [
        Person(
            *(owner, country, ("HN",), protected, restricted),
            searchable=True,
            kept_from=kept_from,
            grants=everything,
        )
        for owner, country, (protected, restricted), kept_from in product(
            [1, 2],
            ["MX", "HN"],
            [(False, False), (True, False), (False, True)],
            [(), ("MX",)],
        )
    ]
    asked = [
        Viewer(7, role, 2, country, purpose, second_factor=factor, stepped_up=step)
        for role, country in CASE_ROLES.items()
        for purpose, (factor, step) in product(
            [*PURPOSES[role], Purpose.STATISTICS], [(False, False), (True, False), (True, True)]
        )
    ]
    decided = {
        rule_on(viewer, permission, "MissingPerson", person.facts()).rule
        for viewer, permission, person in product(asked, OF_PEOPLE.values(), worlds)
    }

    assert about - decided == set()
