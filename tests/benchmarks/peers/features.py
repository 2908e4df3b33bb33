"""An invented world as columns that other programs can compare: what they are all handed.

Sixteen features, the same for every program: seven codes that agree or not, three intervals,
one day, one place, and four sets of what was seen, as bits. Lists of marks or clothes are
bits as no other program has a comparison for them. What a record does not say is null.
"""

import zlib
from datetime import date

import pyarrow as pa

CODES = ("sex", "hair", "eyes", "build", "blood_group", "nationality", "surname")
INTERVALS = ("age", "stature", "weight")
SETS = ("marks", "clothing", "belongings", "numbers")
NOT_SAID = {"", "unknown", "none"}


def features_of(rows, found):
    """Lay rows out as features; ``found``: remains, dated by when they were found."""
    return pa.Table.from_pylist(
        [_features(row, "found" if found else "last_contact") for row in rows]
    )


def _features(row, dated):
    low, high = (_day(row.get(f"{dated}_{end}")) for end in ("from", "to"))
    said = {
        "record_id": row["record_id"],
        "sex": row.get("sex", "").removeprefix("probable_"),
        "surname": row.get("surname_1", "").lower(),
        **{name: row.get(name, "") for name in CODES if name not in ("sex", "surname")},
    }
    said |= {name: None if said[name] in NOT_SAID else said[name] for name in CODES}
    for name, column in (("age", "age"), ("stature", "stature_cm"), ("weight", "weight_kg")):
        ends = [_number(row.get(f"{column}_{end}")) for end in ("min", "max")]
        ends = [
            ends[0] if ends[0] is not None else ends[1],
            ends[1] if ends[1] is not None else ends[0],
        ]
        said |= {f"{name}_low": ends[0], f"{name}_high": ends[1]}
    said |= {"day": low if low is not None else high}
    said |= {name: _number(row.get(name)) for name in ("lat", "lon")}
    parts = {name: _parts(row.get(name, ""), 2) for name in ("marks", "clothing", "belongings")}
    parts["numbers"] = _parts(row.get("id_numbers", ""), 9) | _parts(row.get("phones", ""), 9)
    return said | {name: _bits(each) for name, each in parts.items()}


def _number(cell):
    return float(cell) if cell and cell not in NOT_SAID else None


def _day(cell):
    if not cell:
        return None
    year, month, day = (*(int(each) for each in cell.split("-")), 7, 1)[:3]
    return float(date(year, month, day).toordinal())


def _parts(cell, most):
    """Take apart a list of kind:place:…; the first words of each say enough to agree."""
    said = {":".join(each.split(":")[:most]) for each in cell.split("|")}
    return said - NOT_SAID


def _bits(parts):
    """Write a set as 52 bits, which a float holds too: two share about what the sets share."""
    found = 0
    for each in parts:
        found |= 1 << (zlib.crc32(each.encode()) % 52)
    return found or None
