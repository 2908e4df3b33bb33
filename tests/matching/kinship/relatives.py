"""The sets of relatives of the reference table of power, and which loci they are typed at."""


def person(name, father=None, mother=None, sex="male"):
    return {"id": name, "father": father, "mother": mother, "sex": sex}


COUPLE = [person("FA"), person("MO", sex="female"), person("MP", "FA", "MO")]
GRAND = [
    person("GF"),
    person("GM", sex="female"),
    person("FA", "GF", "GM"),
    person("MO", sex="female"),
    person("MP", "FA", "MO"),
]
BROTHER = person("S1", "FA", "MO")
HALF_BROTHER = [person("M2", sex="female"), person("H", "FA", "M2")]
UNCLE = person("U", "GF", "GM")

SCENARIOS = {
    "parents2": (COUPLE, ["FA", "MO"]),
    "mother_only": (COUPLE, ["MO"]),
    "fullsib1": ([*COUPLE, BROTHER], ["S1"]),
    "fullsib2": ([*COUPLE, BROTHER, person("S2", "FA", "MO", "female")], ["S1", "S2"]),
    "halfsib1_pat": ([*COUPLE, *HALF_BROTHER], ["H"]),
    "child_spouse": (
        [*COUPLE, person("SP", sex="female"), person("C", "MP", "SP")],
        ["SP", "C"],
    ),
    "grandparents2_pat": (GRAND, ["GF", "GM"]),
    "uncle1": ([*GRAND, UNCLE], ["U"]),
    "uncle_aunt_pat": ([*GRAND, UNCLE, person("A", "GF", "GM", "female")], ["U", "A"]),
    "grandmother_uncle_halfsib": ([*GRAND, UNCLE, *HALF_BROTHER], ["GM", "U", "H"]),
}
"""Who is in the family, and who is typed."""

FURTHER = [
    "D1S1656",
    "D2S441",
    "D2S1338",
    "D10S1248",
    "D12S391",
    "D19S433",
    "D22S1045",
]


def loci_of(ladder, count):
    """The first 13 loci, the 20 of the United States, or the first 24."""
    names = list(ladder)
    return names[:13] + FURTHER if count == 20 else names[:count]


def family_of(scenario, loci, frequency_set):
    people, relatives = SCENARIOS[scenario]
    return {
        "family": scenario,
        "frequency_set": frequency_set,
        "pedigree": people,
        "missing_id": "MP",
        "available": relatives,
        "loci": loci,
    }
