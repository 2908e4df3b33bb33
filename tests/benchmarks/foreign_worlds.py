"""Worlds whose generator the engine and the demonstration do not share, and ways to spoil one.

People are thrown by other distributions than those of `matching/models` and of
`casework/demonstration`: gammas and mixtures for days, Weibull distances about a few towns,
Poisson counts of marks, their own words and shares of what is written down. None of the
numbers was chosen by looking at the engine's results. A calibration learnt on the invented
world of the demonstration is shown on these (`docs/methods/calibration.md`).

One whole file that imports nothing of ours, so that another engine can be shown the same.

`invent(LANDS["straits"], missing=4000, remains=2500, share=0.2, seed=1)` gives plain rows;
`spoil(rows, "sex_wrong", seed=1)` gives them spoilt.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

Cells = dict[str, str]
Chance = np.random.Generator

GIVEN = (
    *("Ana", "Rosa", "Luz", "Elena", "Marta", "Irma", "Delia", "Noemi", "Sara", "Julia"),
    *("Juan", "Jose", "Luis", "Mario", "Pedro", "Oscar", "Hugo", "Raul", "Elmer", "Wilmer"),
)
SURNAMES = (
    *("Lopez", "Perez", "Garcia", "Ramos", "Cruz", "Diaz", "Mejia", "Reyes", "Rivas", "Soto"),
    *(
        "Ixcoy",
        "Tzoc",
        "Caal",
        "Xol",
        "Chub",
        "Pineda",
        "Zelaya",
        "Funes",
        "Bonilla",
        "Orellana",
    ),
    *("Quispe", "Mamani", "Condori", "Huanca", "Salazar", "Toapanta", "Guaman", "Chavez"),
)
MOTIFS = (
    *(
        "corazón",
        "nombre Rosa",
        "cruz",
        "águila",
        "rosa roja",
        "ancla",
        "sol",
        "luna",
        "dragón",
    ),
    *("mariposa", "letras JM", "estrella", "virgen", "calavera", "lobo", "flor", "tribal"),
)
SITES = ("forearm", "upper_arm", "chest", "back", "hand", "leg", "shoulder", "neck", "face")
MARKS = {"tattoo": 0.35, "scar": 0.4, "surgical_scar": 0.1, "mole": 0.1, "old_fracture": 0.05}
ITEMS = ("shirt", "trousers", "jacket", "shoes", "belt", "cap", "backpack", "watch")
COLOURS = ("black", "blue", "white", "grey", "red", "green", "brown")
HAIR = {"black": 0.75, "dark_brown": 0.17, "brown": 0.06, "blond": 0.02}
EYES = {"dark_brown": 0.6, "brown": 0.25, "black": 0.1, "green": 0.05}
BUILDS = {"slim": 0.4, "medium": 0.45, "heavy": 0.15}


@dataclass(frozen=True, slots=True)
class Land:
    """Where and how people of one foreign world are lost and found."""

    towns: int
    box: tuple[float, float, float, float]  # south, north, west, east
    countries: tuple[str, ...]
    nations: Mapping[str, float]
    women: float
    ages: tuple[float, float, float]  # least, shape and scale of a gamma
    alive_days: tuple[float, float]  # shape and scale of a gamma
    kilometres: tuple[float, float]  # shape and scale of a Weibull
    conditions: tuple[float, ...]  # shares of the classes 1 to 8
    lain_days: tuple[float, ...]  # mean days by class
    together: float  # share who are lost in one event with others
    told: float  # share of the answers a report holds
    written: float  # share of what an examination writes down
    exact_dates: float


LANDS = {
    "straits": Land(
        towns=9, box=(17.5, 24.5, -84, -66), countries=("CU", "DO", "HT"),
        nations={"CU": 0.45, "HT": 0.35, "DO": 0.2}, women=0.32, ages=(3, 5.0, 5.2),
        alive_days=(0.7, 9.0), kilometres=(1.1, 90.0),
        conditions=(0.3, 0.4, 0.06, 0.01, 0.05, 0.08, 0.04, 0.06),
        lain_days=(1.5, 9, 20, 60, 110, 200, 600, 40), together=0.35, told=0.75, written=0.65,
        exact_dates=0.75,
    ),
    "towns": Land(
        towns=26, box=(14, 32, -115, -89), countries=("MX", "GT", "US"),
        nations={"GT": 0.3, "HN": 0.25, "MX": 0.25, "SV": 0.12, "EC": 0.08}, women=0.22,
        ages=(8, 3.0, 7.5), alive_days=(0.45, 70.0), kilometres=(0.6, 45.0),
        conditions=(0.42, 0.2, 0.08, 0.05, 0.08, 0.08, 0.06, 0.03),
        lain_days=(2, 12, 30, 120, 160, 400, 1100, 30), together=0.08, told=0.85, written=0.8,
        exact_dates=0.6,
    ),
    "old bones": Land(
        towns=14, box=(29.5, 33.5, -115.5, -103), countries=("MX", "US"),
        nations={"MX": 0.55, "GT": 0.25, "HN": 0.12, "PE": 0.08}, women=0.15,
        ages=(10, 4.0, 5.5), alive_days=(0.9, 6.0), kilometres=(0.8, 30.0),
        conditions=(0.08, 0.08, 0.06, 0.12, 0.14, 0.22, 0.27, 0.03),
        lain_days=(1, 5, 15, 70, 150, 380, 1500, 60), together=0.05, told=0.7, written=0.7,
        exact_dates=0.5,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """Rows of both files, and who is who."""

    missing: list[Cells]
    remains: list[Cells]
    truth: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Lost:
    """One person as they are, and how they were lost."""

    sex: str
    age: float
    stature: float
    nation: str
    looks: Mapping[str, str]
    marks: tuple[tuple[str, str, str, str], ...]
    worn: tuple[tuple[str, str], ...]
    names: tuple[str, str, str]
    document: str
    town: int
    heard: date
    died: date
    lies: tuple[float, float]


Towns = list[tuple[float, float, str]]


def invent(land: Land, *, missing: int, remains: int, share: float, seed: int) -> World:
    """Invent a world; `share` of the remains belong to somebody reported."""
    chance = np.random.default_rng([seed, len(land.countries), land.towns])
    towns = _towns(chance, land)
    both = min(round(share * remains), missing)
    people: list[Lost] = []
    for _ in range(missing + remains - both):
        companion = people[-1] if people and chance.random() < land.together else None
        people.append(_lost(chance, land, towns, companion))
    who = chance.permutation(len(people))
    told = [(at, _told(chance, land, towns, people[at])) for at in who[:missing].tolist()]
    seen = [(at, _seen(chance, land, people[at])) for at in who[missing - both :].tolist()]
    return _numbered(chance, told, seen)


def _numbered(
    chance: Chance, told: list[tuple[int, Cells]], seen: list[tuple[int, Cells]]
) -> World:
    """Give ids in an order that says nothing of who is who."""
    for prefix, rows in (("FOR-M", told), ("FOR-R", seen)):
        order = chance.permutation(len(rows)).tolist()
        for number, (_, cells) in zip(order, rows, strict=True):
            cells["record_id"] = f"{prefix}-{number:05d}"
    found = {at: cells["record_id"] for at, cells in seen}
    truth = [(cells["record_id"], found[at]) for at, cells in told if at in found]
    return World(*(sorted((c for _, c in rows), key=_by_id) for rows in (told, seen)), truth)


def _by_id(cells: Cells) -> str:
    return cells["record_id"]


def _towns(chance: Chance, land: Land) -> Towns:
    south, north, west, east = land.box
    return [
        (chance.uniform(south, north), chance.uniform(west, east), str(country))
        for country in chance.choice(land.countries, land.towns)
    ]


def _draw(chance: Chance, shares: Mapping[str, float]) -> str:
    weights = np.array(list(shares.values()))
    return str(chance.choice(list(shares), p=weights / weights.sum()))


def _lost(chance: Chance, land: Land, towns: Towns, companion: Lost | None) -> Lost:
    sex = "female" if chance.random() < land.women else "male"
    least, shape, scale = land.ages
    heard = date(2012, 1, 1) + timedelta(days=int(chance.integers(0, 4400)))
    town = min(int(chance.exponential(len(towns) / 3)), len(towns) - 1)
    died = heard + timedelta(days=int(chance.gamma(*land.alive_days)))
    lies = _away(chance, towns[town][:2], land.kilometres)
    if companion is not None:
        town, heard, died, lies = (
            companion.town, companion.heard, companion.died, companion.lies
        )  # fmt: skip
    return Lost(
        sex=sex,
        age=least + chance.gamma(shape, scale),
        stature=chance.normal(168.5 if sex == "male" else 156.0, 6.8),
        nation=_draw(chance, land.nations),
        looks={
            "hair": _draw(chance, HAIR),
            "eyes": _draw(chance, EYES),
            "build": _draw(chance, BUILDS),
        },
        marks=tuple(_mark(chance) for _ in range(chance.poisson(0.9))),
        worn=tuple(
            (str(i), str(chance.choice(COLOURS))) for i in chance.permutation(ITEMS)[:3]
        ),
        names=(_zipf(chance, GIVEN), _zipf(chance, SURNAMES), _zipf(chance, SURNAMES)),
        document=f"dni:FOR{chance.integers(0, 10**8):08d}",
        town=town,
        heard=heard,
        died=died,
        lies=lies,
    )


def _mark(chance: Chance) -> tuple[str, str, str, str]:
    kind = _draw(chance, MARKS)
    side = str(chance.choice(("left", "right")))
    words = str(chance.choice(MOTIFS)) if kind == "tattoo" else ""
    return kind, str(chance.choice(SITES)), side, words


def _zipf(chance: Chance, names: Sequence[str]) -> str:
    return names[min(int(chance.exponential(len(names) / 4)), len(names) - 1)]


def _away(
    chance: Chance, point: tuple[float, float], kilometres: tuple[float, float]
) -> tuple[float, float]:
    shape, scale = kilometres
    degrees = scale * chance.weibull(shape) / 111.2
    angle = chance.uniform(0, 2 * np.pi)
    lat = float(np.clip(point[0] + degrees * np.cos(angle), -80, 80))
    return lat, point[1] + degrees * np.sin(angle) / np.cos(np.radians(lat))


def _kept(chance: Chance, cells: Cells, share: float, always: Sequence[str]) -> Cells:
    """Leave out answers, the columns of one answer together."""
    stems = sorted({_stem(name) for name in cells})
    keeps = {stem for stem in stems if stem in always or chance.random() < share}
    return {name: cell for name, cell in cells.items() if _stem(name) in keeps}


def _stem(name: str) -> str:
    if name in ("lat", "lon", "radius_km", "country"):
        return "place"
    for ending in ("_basis", "_method", "_min", "_max", "_from", "_to"):
        name = name.removesuffix(ending)
    return name


def _told(chance: Chance, land: Land, towns: Towns, lost: Lost) -> Cells:
    lat, lon, country = towns[lost.town]
    stature = chance.normal(lost.stature + 1, 4.5)
    age = int(lost.age + chance.choice((-1, 0, 0, 0, 0, 1)))
    cells = {
        "sex": lost.sex,
        "age_min": str(age),
        "age_max": str(age),
        "stature_cm_min": f"{stature:.0f}",
        "stature_cm_max": f"{stature:.0f}",
        "stature_basis": "family",
        "lat": f"{lat:.3f}",
        "lon": f"{lon:.3f}",
        "radius_km": f"{chance.choice((5, 20, 60))}",
        "country": country,
        "nationality": lost.nation,
        **_dates(chance, "last_contact", lost.heard, land.exact_dates),
        **{name: _other(chance, name, look, 0.1) for name, look in lost.looks.items()},
        "marks": _marks(chance, lost.marks, 0.6),
        "clothing": _worn(chance, lost.worn, 0.4),
        "given_names": lost.names[0],
        "surname_1": lost.names[1],
        "surname_2": lost.names[2],
        "id_numbers": lost.document if chance.random() < 0.3 else "",
    }
    names = ("sex", "given_names", "surname_1", "surname_2")
    return _kept(chance, cells, land.told, (*names, "last_contact"))


def _seen(chance: Chance, land: Land, lost: Lost) -> Cells:
    condition = int(chance.choice(8, p=np.array(land.conditions) / sum(land.conditions))) + 1
    lain = chance.gamma(1.3, land.lain_days[condition - 1] / 1.3)
    found = lost.died + timedelta(days=int(lain))
    lat, lon = _away(chance, lost.lies, (1.0, 1.0))
    width = chance.gamma(2.0, 6.0)
    middle = lost.age + chance.normal(0, 2 + width / 4)
    stature = chance.normal(lost.stature, 3.5)
    fleshed = condition <= 2
    cells = {
        **_sex_seen(chance, lost.sex, condition),
        "age_min": f"{max(0, middle - width / 2):.0f}",
        "age_max": f"{max(1, middle + width / 2):.0f}",
        "stature_cm_min": f"{stature - 3:.0f}",
        "stature_cm_max": f"{stature + 3:.0f}",
        "stature_basis": "measured" if fleshed else "long_bone",
        **_dates(chance, "found", found, 0.95),
        "condition": str(condition),
        "completeness": "complete"
        if fleshed
        else str(chance.choice(("near_complete", "partial"))),
        "lat": f"{lat:.4f}",
        "lon": f"{lon:.4f}",
        "radius_km": f"{chance.choice((0.1, 2, 10))}",
        "marks": _marks(chance, _still_there(lost.marks, condition), 0.7),
        "clothing": _worn(chance, lost.worn, 0.35),
    }
    if condition <= 5:
        cells["hair"] = _other(chance, "hair", lost.looks["hair"], 0.2)
    if fleshed:
        cells["eyes"] = _other(chance, "eyes", lost.looks["eyes"], 0.2)
        cells["build"] = _other(chance, "build", lost.looks["build"], 0.2)
    return _kept(
        chance, {**cells, **_papers(chance, lost)}, land.written, ("found", "condition")
    )


def _sex_seen(chance: Chance, sex: str, condition: int) -> Cells:
    method, right = ("external", 0.995) if condition <= 3 else ("pelvis", 0.93)
    other = {"male": "female", "female": "male"}[sex]
    return {"sex": sex if chance.random() < right else other, "sex_method": method}


def _still_there(
    marks: Sequence[tuple[str, str, str, str]], condition: int
) -> list[tuple[str, str, str, str]]:
    return [mark for mark in marks if condition <= 4 or mark[0] == "old_fracture"]


def _papers(chance: Chance, lost: Lost) -> Cells:
    """Names and numbers found with somebody, one in ten of them another's."""
    if chance.random() > 0.12:
        return {}
    if chance.random() < 0.1:
        return {"given_names": _zipf(chance, GIVEN), "surname_1": _zipf(chance, SURNAMES)}
    document = {"id_numbers": lost.document} if chance.random() < 0.3 else {}
    return {"given_names": lost.names[0], "surname_1": lost.names[1], **document}


def _dates(chance: Chance, name: str, day: date, exact: float) -> Cells:
    if chance.random() < 0.03:
        day += timedelta(days=int(chance.choice((-20, -7, -1, 1, 7, 20))))
    length = 10 if chance.random() < exact else int(chance.choice((7, 7, 4)))
    said = day.isoformat()[:length]
    return {f"{name}_from": said, f"{name}_to": said}


def _other(chance: Chance, name: str, look: str, share: float) -> str:
    """Say another look now and then."""
    shares = {"hair": HAIR, "eyes": EYES, "build": BUILDS}[name]
    return _draw(chance, shares) if chance.random() < share else look


def _marks(chance: Chance, marks: Sequence[tuple[str, str, str, str]], share: float) -> str:
    return "|".join(
        ":".join((kind, _site(chance, site), side, words))
        for kind, site, side, words in marks
        if chance.random() < share
    )


def _site(chance: Chance, site: str) -> str:
    return str(chance.choice(SITES)) if chance.random() < 0.12 else site


def _worn(chance: Chance, worn: Sequence[tuple[str, str]], share: float) -> str:
    """List what is remembered; other clothes were put on by one in three."""
    return "|".join(
        f"{item if chance.random() < 0.67 else chance.choice(ITEMS)}:{colour}::"
        for item, colour in worn
        if chance.random() < share
    )


# ------------------------------------------------------------------ spoiling a world


def spoil(rows: Sequence[Cells], how: str, seed: int) -> list[Cells]:
    """Give copies of rows, spoilt in one of the `WAYS`; ids stay as they are."""
    chance = np.random.default_rng([seed, *how.encode()])
    values = _values(rows)
    return [WAYS[how](chance, dict(row), values) for row in rows]


Values = Mapping[str, Sequence[Cells]]


def _values(rows: Sequence[Cells]) -> Values:
    """All answers given in these rows, by stem, the cells of one answer together."""
    answers: dict[str, list[Cells]] = {}
    for row in rows:
        by_stem: dict[str, Cells] = {}
        for name, cell in row.items():
            if cell and name != "record_id":
                by_stem.setdefault(_stem(name), {})[name] = cell
        for stem, cells in by_stem.items():
            answers.setdefault(stem, []).append(cells)
    return answers


def _missing_doubled(chance: Chance, row: Cells, values: Values) -> Cells:
    """Leave out as much again as is left out already, half of what is there at most."""
    there = sorted({_stem(name) for name, cell in row.items() if cell} - {"record_id"})
    lacking = max(len(values) - len(there), 0)
    drop = min(lacking, len(there) // 2)
    gone = set(chance.choice(there, drop, replace=False).tolist()) if drop else set()
    return {name: cell for name, cell in row.items() if _stem(name) not in gone}


def _one_wrong_field(chance: Chance, row: Cells, values: Values) -> Cells:
    """Put one answer of somebody else into the row."""
    there = sorted({_stem(name) for name, cell in row.items() if cell} - {"record_id"})
    stem = str(chance.choice(there))
    another = values[stem][int(chance.integers(len(values[stem])))]
    kept = {name: cell for name, cell in row.items() if _stem(name) != stem}
    return {**kept, **another}


def _heaped_ages(chance: Chance, row: Cells, values: Values) -> Cells:  # noqa: ARG001 - as all ways
    """Round every age to a multiple of five; a known date of birth becomes unknown."""
    ends = [row.get("age_min"), row.get("age_max")]
    if not all(ends) or not all(str(end).isdigit() for end in ends):
        return row
    heaped = str(5 * round((int(str(ends[0])) + int(str(ends[1]))) / 10))
    kept = {name: cell for name, cell in row.items() if not name.startswith("birth_")}
    return {**kept, "age_min": heaped, "age_max": heaped}


def _sex_wrong(chance: Chance, row: Cells, values: Values) -> Cells:  # noqa: ARG001 - as all ways
    """Write the other sex in one row of twenty."""
    if chance.random() >= 0.05:
        return row
    other = {
        "male": "female", "female": "male",
        "probable_male": "probable_female", "probable_female": "probable_male",
    }  # fmt: skip
    return {**row, "sex": other.get(row.get("sex", ""), row.get("sex", ""))}


WAYS: Mapping[str, Callable[[Chance, Cells, Values], Cells]] = {
    "missing_doubled": _missing_doubled,
    "one_wrong_field": _one_wrong_field,
    "heaped_ages": _heaped_ages,
    "sex_wrong": _sex_wrong,
}
