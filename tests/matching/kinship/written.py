"""A case as it is written, to be changed field by field."""

import copy

from matching.kinship import read_tables

TABLES = read_tables(
    {
        "HERE": {
            "vWA": {"14": 0.2, "16": 0.3, "17": 0.5},
            "Penta D": {"9": 0.4, "9.3": 0.6},
            "D12S391": {"18": 0.5, "19": 0.5},
            "CUT": {"1": 0.4, "2": 0.598},
            "SHORT": {"1": 0.4, "2": 0.4},
        }
    }
)
CASE = {
    "case_id": "c1",
    "frequency_set": "HERE",
    "loci": ["vWA", "Penta D"],
    "pedigree": [
        {"id": "FA", "father": None, "mother": None, "sex": "male"},
        {"id": "MO", "father": None, "mother": None, "sex": "female"},
        {"id": "MP", "father": "FA", "mother": "MO", "sex": "male"},
    ],
    "missing_id": "MP",
    "typed": ["FA", "MP"],
    "genotypes": {
        "FA": {"vWA": ["14", "16"], "Penta D": ["9", "9"]},
        "MP": {"vWA": ["14", "17"], "Penta D": ["9", "9.3"]},
    },
}


def a_case(**changes):
    """The case with some of its fields written otherwise; None takes one out."""
    case = copy.deepcopy(CASE)
    for name, value in changes.items():
        where, _, key = name.rpartition("__")
        place = case
        for step in where.split("__") if where else []:
            place = place[step]
        if value is None:
            del place[key]
        else:
            place[key] = value
    return case
