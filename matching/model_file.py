"""Versioned model files, read into frozen parameters and refused if a number is missing."""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from importlib.resources import files
from math import isfinite
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from matching.calibration import CalibrationParameters
from matching.codes import (
    Build,
    Completeness,
    Condition,
    EyeColour,
    HairColour,
    Handedness,
    RemainsStatureBasis,
    SexMethod,
    StatureBasis,
)
from matching.errors import UnknownModel, UnreadableModel
from matching.evidence.age import AgeParameters
from matching.evidence.birth import BirthParameters
from matching.evidence.blood_group import FULL_GROUPS, BloodGroupParameters
from matching.evidence.body_weight import BodyWeightParameters
from matching.evidence.charts import STAGES
from matching.evidence.clothing import ClothingParameters
from matching.evidence.confusion import ColourParameters
from matching.evidence.destination import DestinationParameters
from matching.evidence.group import GroupParameters
from matching.evidence.journeys import PlaceParameters
from matching.evidence.marks import MarksParameters
from matching.evidence.medical import MedicalParameters
from matching.evidence.nationality import NationalityParameters
from matching.evidence.numbers import Bounds, OpenShare, Positive
from matching.evidence.outside import OutsideParameters
from matching.evidence.papers import PapersParameters
from matching.evidence.recovery import RecoveryParameters
from matching.evidence.sex import SexParameters
from matching.evidence.stature import StatureParameters
from matching.evidence.survival import SurvivalParameters
from matching.evidence.teeth import TeethParameters
from matching.evidence.time import TimeParameters
from matching.evidence.weight import Kind
from matching.factors import LearnedParameters

DEFAULT_MODEL = "missing-remains-2026.4"
GRADES = ("R", "M", "own")
PROVENANCE = ("source", "grade")


@dataclass(frozen=True, slots=True)
class PriorParameters:
    """What is expected of an open population.

    `doubt_log10`: standard deviation, in powers of ten, of that share; `doubt_of_fit`: share
    by which the sum of posteriors has missed the truth where it was known. Without them the
    share stands as it is and the registry is not asked.
    """

    share_reported: OpenShare
    doubt_log10: Positive | None = None
    doubt_of_fit: OpenShare | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """All numbers of one model file, and the file's identity.

    Attributes
    ----------
    name, version, kind : str
        As the file says; `kind` is the kind of pairing it weighs.
    hash : str
        SHA-256 of the file's bytes, 64 hexadecimal digits: the identity of the numbers.
    prior, sex, survival, age, stature, time, place, marks, hair, eyes, clothing
        Parameters of each kind of evidence, one table of the file each.
    teeth, medical, papers, nationality, build, body_weight, handedness, blood_group, group,
    destination, birth, recovery, outside
        The same; None in a model whose file has no such table and which does not weigh it.
    """

    name: str
    version: str
    kind: str
    hash: str
    prior: PriorParameters
    sex: SexParameters
    survival: SurvivalParameters
    age: AgeParameters
    stature: StatureParameters
    time: TimeParameters
    place: PlaceParameters
    marks: MarksParameters
    hair: ColourParameters
    eyes: ColourParameters
    clothing: ClothingParameters
    teeth: TeethParameters | None = None
    medical: MedicalParameters | None = None
    papers: PapersParameters | None = None
    nationality: NationalityParameters | None = None
    build: ColourParameters | None = None
    body_weight: BodyWeightParameters | None = None
    handedness: ColourParameters | None = None
    blood_group: BloodGroupParameters | None = None
    group: GroupParameters | None = None
    destination: DestinationParameters | None = None
    birth: BirthParameters | None = None
    recovery: RecoveryParameters | None = None
    outside: OutsideParameters | None = None
    calibration: CalibrationParameters | None = None
    learned: LearnedParameters | None = None

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Kinds weighed from two records, in the order of `Kind`: those whose table is there.

        What other systems found is of pairs, and no kind of this list.
        """
        has = (kind for kind in Kind if getattr(self, kind.value) is not None)
        return tuple(kind for kind in has if kind is not Kind.OUTSIDE)


LINKING = "linking-"
IDENTITY = ("name", "version", "kind")


def shipped_models() -> tuple[str, ...]:
    """Names of the models of pairings that come with the engine, in alphabetical order.

    Models of linking stand in the same folder and are read by `matching.linking`.
    """
    names = (entry.name for entry in files("matching.models").iterdir())
    return tuple(
        sorted(
            name.removesuffix(".toml")
            for name in names
            if name.endswith(".toml") and not name.startswith(LINKING)
        )
    )


@cache
def load_model(name: str | None = None) -> Model:
    """Load a shipped model; read once, for it never changes while a program runs.

    Parameters
    ----------
    name : str, optional
        One of `shipped_models`; `DEFAULT_MODEL` if omitted.

    Returns
    -------
    Model

    Raises
    ------
    UnknownModel
        If no model of that name is shipped; the message lists those that are.
    UnreadableModel
        If the file lacks a number, a source, or holds one out of its bounds.
    """
    return read_model(_content(DEFAULT_MODEL if name is None else name))


def tables_of(name: str) -> dict[str, Any]:
    """Give the tables of a shipped model as they stand, those of its base under its own.

    Parameters
    ----------
    name : str
        One of `shipped_models`.

    Returns
    -------
    dict of str to table
        As TOML gives them, sources and grades included.

    Raises
    ------
    UnknownModel
        If no model of that name is shipped.
    """
    return _with_its_base(_content(name))[0]


def _content(name: str) -> bytes:
    if name not in shipped_models():
        shipped = ", ".join(shipped_models())
        raise UnknownModel(f"there is no model “{name}”; these are shipped: {shipped}")
    return files("matching.models").joinpath(f"{name}.toml").read_bytes()


def read_model(content: bytes) -> Model:
    """Read the bytes of a model file.

    Parameters
    ----------
    content : bytes
        TOML in UTF-8, as the shipped models show. With ``based_on`` it holds only what
        differs from another shipped model.

    Returns
    -------
    Model
        With the SHA-256 of `content`, after that of the model it is based on.

    Raises
    ------
    UnreadableModel
        If it is not TOML, or a number is missing, unknown, out of bounds or without source;
        the message names it.
    """
    tables, whole = _with_its_base(content)
    for word in IDENTITY:
        if not isinstance(tables.get(word), str):
            raise UnreadableModel(f"the model file does not say its {word}")
    tables["hash"] = hashlib.sha256(whole).hexdigest()
    types = get_type_hints(Model, include_extras=True)
    _refuse_unknown(set(tables) - set(types), "")
    model = Model(**_read_fields(Model, types, tables, ""))
    if model.learned is not None:
        _refuse_unknown(set(model.learned.of) - set(model.kinds), "learned.of.")
    _demand_every_code(model)
    return model


def _tables(content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise UnreadableModel(f"the model file is not TOML in UTF-8: {fault}") from fault


def _with_its_base(content: bytes) -> tuple[dict[str, Any], bytes]:
    """Lay a file over the one it is based on; both together are its identity."""
    tables = _tables(content)
    name = tables.pop("based_on", None)
    if name is None:
        return tables, content
    base = _content(str(name))
    below = _tables(base)
    if "based_on" in below:
        raise UnreadableModel(
            f"“based_on” names “{name}”, itself based on “{below['based_on']}”: name that one"
        )
    return _laid_over(below, tables), base + content


def _laid_over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Tables of the base, with those numbers replaced that the file has itself."""
    laid = dict(base)
    for name, value in own.items():
        under = base.get(name)
        if isinstance(under, dict) and isinstance(value, dict):
            laid[name] = _laid_over(under, value)
        else:
            laid[name] = value
    return laid


Demand = tuple[str, Mapping[str, object], Iterable[str]]
"""Path of a table, the table, and the codes it must have numbers for."""


def _demanded_of_later_kinds(model: Model) -> Iterator[Demand]:
    if model.teeth is not None:
        yield "teeth.becomes", model.teeth.becomes, STAGES
    if model.build is not None:
        yield "build.frequency", model.build.frequency, Build
    if model.handedness is not None:
        yield "handedness.frequency", model.handedness.frequency, Handedness
    if model.blood_group is not None:
        yield "blood_group.frequency", model.blood_group.frequency, FULL_GROUPS


def _demand_every_code(model: Model) -> None:
    """Refuse a model that has no number for a code a record may carry."""
    conditions = [*Condition, "unknown"]
    demanded: tuple[Demand, ...] = (
        ("sex.accuracy", model.sex.accuracy, SexMethod),
        ("stature.report", model.stature.report, StatureBasis),
        ("stature.estimate", model.stature.estimate, RemainsStatureBasis),
        ("time.interval", model.time.interval, conditions),
        ("marks.visible.skin", model.marks.visible.skin, conditions),
        ("marks.visible.bone", model.marks.visible.bone, conditions),
        ("marks.recovered", model.marks.recovered, Completeness),
        ("marks.commonness", model.marks.commonness, ("other",)),
        ("clothing.recovered", model.clothing.recovered, Completeness),
        ("clothing.commonness", model.clothing.commonness, ("other",)),
        ("hair.frequency", model.hair.frequency, HairColour),
        ("eyes.frequency", model.eyes.frequency, EyeColour),
        *_demanded_of_later_kinds(model),
    )
    for path, numbers, codes in demanded:
        for code in codes:
            if code not in numbers:
                raise UnreadableModel(f"the model file has no number for “{path}.{code}”")


def _read(kind: Any, value: Any, path: str) -> Any:
    """Read one value of the file as the type of its parameter says."""
    if value is None:
        raise UnreadableModel(f"the model file has no number for “{path}”")
    if get_origin(kind) in (UnionType, Union):  # what older models do without: `… | None`
        kind = get_args(kind)[0]
    if is_dataclass(kind) and isinstance(kind, type):
        return _read_table(kind, value, path)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _read_number(value, path, arguments[1])
    if origin is tuple:
        return tuple(_read(arguments[0], one, f"{path}[{n}]") for n, one in enumerate(value))
    if origin is Mapping:
        return _read_mapping(arguments[1], _table(value, path), path)
    if kind is int or kind is float:
        return kind(_read_number(value, path, Bounds(-1e9, 1e9)))
    return value


def _read_table(kind: Any, value: Any, path: str) -> Any:
    table = _table(value, path)
    types = get_type_hints(kind, include_extras=True)
    names = {field.name for field in fields(kind)}
    _refuse_unknown(set(table) - names - set(PROVENANCE), f"{path}.")
    return kind(**_read_fields(kind, types, table, f"{path}."))


def _read_fields(
    kind: Any, types: Mapping[str, Any], table: Mapping[str, Any], path: str
) -> dict[str, Any]:
    """Read each field of a table; what came with a later model has a default for older ones."""
    return {
        field.name: _read(types[field.name], table.get(field.name), f"{path}{field.name}")
        for field in fields(kind)
        if field.name in table or (field.default is field.default_factory is MISSING)
    }


def _read_mapping(kind: Any, table: dict[str, Any], path: str) -> dict[str, Any]:
    return {
        code: _read(kind, value, f"{path}.{code}")
        for code, value in table.items()
        if code not in PROVENANCE
    }


def _table(value: Any, path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UnreadableModel(f"“{path}” must be a table")
    numbers = [one for one in value.values() if isinstance(one, int | float)]
    inline = "[" in path  # rows of a list share the source of the table they stand in
    if numbers and not inline and not _has_source(value):
        raise UnreadableModel(
            f"the numbers of “{path}” need a source and a grade of {', '.join(GRADES)}"
        )
    return value


def _has_source(table: dict[str, Any]) -> bool:
    return bool(table.get("source")) and table.get("grade") in GRADES


def _read_number(value: Any, path: str, bounds: Bounds) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise UnreadableModel(f"“{path}” must be a number")
    if not bounds.low <= value <= bounds.high:
        raise UnreadableModel(
            f"“{path}” is {value:g}, outside {bounds.low:g} to {bounds.high:g}"
        )
    return float(value)


def _refuse_unknown(words: set[str], path: str) -> None:
    if words:
        listed = ", ".join(f"“{path}{word}”" for word in sorted(words))
        raise UnreadableModel(f"the model file has numbers the engine does not know: {listed}")
