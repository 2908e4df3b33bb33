"""Imports in words: what templates receive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.codes import RemainsSex, Sex
from casework.imports.findings import Finding
from casework.imports.model import ImportProblem, ImportRun, QuarantinedRow, RunState
from casework.imports.previewing import Preview, Understood
from casework.imports.profiles import Reads
from casework.imports.report import COUNTS, ToldRule, sentence, tell_by_rule
from casework.imports.rules import UNDER_WAY
from casework.values import DateRange, Range
from casework.web.described import Teller
from casework.web.languages import marked
from casework.web.pieces import Choice, Heading

STATE_WORDS: Mapping[RunState, tuple[str, str]] = {
    RunState.UPLOADED: (marked("por revisar"), "warning"),
    RunState.QUEUED: (marked("en espera"), "plain"),
    RunState.RUNNING: (marked("en marcha"), "plain"),
    RunState.FINISHED: (marked("terminada"), "done"),
    RunState.FAILED: (marked("no se pudo"), "warning"),
    RunState.CANCELLED: (marked("cancelada"), "plain"),
}
PROFILE_WORDS: Mapping[str, str] = {
    "iom": marked("Incidentes del Proyecto Migrantes Desaparecidos (OIM)"),
    "namus-missing": marked("Personas desaparecidas de NamUs"),
    "namus-unidentified": marked("Restos sin identificar de NamUs"),
    "az-ogis": marked("Restos hallados en Arizona (OGIS)"),
    "border-deaths": marked(
        "Muertes en la frontera de Estados Unidos y México, registros puestos lado a lado"
    ),
    "plain-missing": marked("Personas desaparecidas, tabla de reunir"),
    "plain-remains": marked("Restos humanos, tabla de reunir"),
    "reunir-list": marked("Lista de personas desaparecidas, de otro registro"),
    "reunir-record": marked("Expedientes completos de personas, de otro registro"),
    "reunir-record-remains": marked("Expedientes completos de restos, de otro registro"),
    "plain-incidents": marked("Incidentes, tabla de reunir"),
    "plain-living": marked("Lista de personas con vida: hospital, detención o albergue"),
    "shelter-list": marked("Lista de un albergue u hospital, con encabezados en español"),
    "reunir-record-living": marked(
        "Registros completos de personas con vida, de otro registro"
    ),
}
COUNT_WORDS: Mapping[str, str] = {
    "accepted": marked("entraron tal como estaban"),
    "accepted_with_warning": marked("entraron con una advertencia"),
    "updated": marked("cambiaron un registro que ya estaba"),
    "unchanged": marked("no decían nada nuevo"),
    "quarantined": marked("quedaron en cuarentena, palabra por palabra"),
}
LONGEST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class ShownCount:
    """One of the five counts, in words."""

    label: str
    value: int


@dataclass(frozen=True, slots=True)
class ShownRun:
    """One import as its institution sees it."""

    id: int
    href: str
    file_name: str
    profile: str
    state: str
    tone: str
    requested_at: datetime
    read: int
    counts: Sequence[ShownCount]
    quarantined: int
    is_invented: bool
    is_waiting: bool
    is_under_way: bool
    is_reading: bool
    is_stopping: bool
    is_finished: bool
    failure: str
    done: int
    total: int

    @classmethod
    def of(cls, run: ImportRun, teller: Teller) -> "ShownRun":
        """Present a run; the words of its state come with a tone."""
        words, tone = STATE_WORDS[run.state]
        return cls(
            id=run.id,
            href=f"/imports/{run.id}",
            file_name=run.file_name,
            profile=teller.gettext(PROFILE_WORDS.get(run.profile, run.profile)),
            state=teller.gettext(words),
            tone=tone,
            requested_at=run.requested_at,
            read=run.read,
            counts=[
                ShownCount(teller.gettext(COUNT_WORDS[name]), getattr(run, name))
                for name in COUNTS
            ],
            quarantined=run.quarantined,
            is_invented=run.invented,
            is_waiting=run.state is RunState.UPLOADED,
            is_under_way=run.state in UNDER_WAY,
            is_reading=run.state is RunState.RUNNING,
            is_stopping=run.cancel_requested,
            is_finished=run.state is RunState.FINISHED,
            failure=teller.gettext(run.failure) if run.failure else "",
            done=run.rows_done,
            total=run.rows_total or 0,
        )


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """One fault: where, what stood there, what is wrong with it."""

    where: str
    column: str
    found: str
    sentence: str
    keeps_out: bool

    @classmethod
    def of(cls, found: ImportProblem | Finding, teller: Teller) -> "ShownProblem":
        return cls(
            where=_where(found.line, teller),
            column=found.field,
            found=_short(found.found),
            sentence=sentence(found, teller.gettext),
            keeps_out=found.severity.value == "quarantine",
        )


@dataclass(frozen=True, slots=True)
class ShownAside:
    """A row in quarantine, word for word."""

    where: str
    cells: Sequence[tuple[str, str]]
    reasons: Sequence[str]

    @classmethod
    def of(
        cls, row: QuarantinedRow, faults: Sequence[ImportProblem], teller: Teller
    ) -> "ShownAside":
        told = [sentence(each, teller.gettext) for each in faults if each.line == row.line]
        filled = [(name, text) for name, text in row.original if text.strip()]
        return cls(_where(row.line, teller), filled, list(dict.fromkeys(told)))


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the preview, as it was understood."""

    where: str
    cells: Sequence[str]
    is_taken: bool
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class ShownPreview:
    """A file before it is read into the registry."""

    rows: int
    fine: int
    noted: int
    refused: int
    headings: Sequence[Heading]
    first: Sequence[ShownRow]
    refused_rows: Sequence[ShownRow]
    rules: Sequence[ToldRule]

    @classmethod
    def of(cls, preview: Preview, teller: Teller) -> "ShownPreview":
        labels = [teller.gettext(label) for label in _LABELS[preview.reads]]
        return cls(
            rows=preview.rows,
            fine=preview.fine,
            noted=preview.noted,
            refused=preview.refused,
            headings=[Heading(label) for label in labels],
            first=[_row(each, preview.reads, teller) for each in preview.first],
            refused_rows=[_row(each, preview.reads, teller) for each in preview.first_refused],
            rules=tell_by_rule(preview.findings, teller.gettext),
        )


def profile_choices(names: Sequence[str], teller: Teller) -> list[Choice]:
    """Name the profiles that a visitor may choose."""
    return [Choice(name, teller.gettext(PROFILE_WORDS[name])) for name in names]


_LABELS: Mapping[Reads, tuple[str, ...]] = {
    Reads.INCIDENTS: (
        marked("Fila"), marked("Fecha"), marked("País"), marked("Lugar"),
        marked("Personas muertas"), marked("Personas desaparecidas"),
    ),
    Reads.MISSING: (
        marked("Fila"), marked("Registro"), marked("Sexo"), marked("Edad"),
        marked("Último contacto"), marked("Lugar"),
    ),
    Reads.REMAINS: (
        marked("Fila"), marked("Registro"), marked("Sexo"), marked("Edad"),
        marked("Hallazgo"), marked("Lugar"),
    ),
    Reads.LIVING: (
        marked("Fila"), marked("Registro"), marked("Sexo"), marked("Edad"),
        marked("Se la vio"), marked("Lugar"),
    ),
}  # fmt: skip


def _row(row: Understood, reads: Reads, teller: Teller) -> ShownRow:
    cells = [] if row.draft is None else _cells(row, reads, teller)
    told = [sentence(each, teller.gettext) for each in row.found]
    return ShownRow(
        _where(row.line, teller), cells, row.draft is not None, list(dict.fromkeys(told))
    )


def _cells(row: Understood, reads: Reads, teller: Teller) -> list[str]:
    said = row.draft.columns if row.draft is not None else {}
    place = ", ".join(text for text in (said.get("place"), said.get("admin1")) if text)
    if reads is Reads.INCIDENTS:
        days = teller.dates_short(DateRange(said["date_from"], said["date_to"]))
        people = [_count(said.get(name), teller) for name in ("dead", "missing")]
        return [days, teller.country(said.get("country")), place, *people]
    first, last = (
        ("last_contact_from", "last_contact_to")
        if reads is Reads.MISSING
        else ("found_from", "found_to")
    )
    days = teller.dates_short(DateRange(said[first], said[last])) if said[first] else ""
    sex = (RemainsSex if reads is Reads.REMAINS else Sex)(said["sex"])
    age = _age(said["age_min"], said["age_max"], teller)
    named = ", ".join(text for text in (place, teller.country(said.get("country"))) if text)
    return [row.key, teller.code(sex), age, days, named]


def _age(low: float | None, high: float | None, teller: Teller) -> str:
    ends = [end for end in (low, high) if end is not None]
    return teller.numbers_short(Range(ends[0], ends[-1])) if ends else ""


def _count(people: int | None, teller: Teller) -> str:
    return "" if people is None else teller.wording.number(people, 0)


def _where(line: int, teller: Teller) -> str:
    return str(line) if line else teller.gettext("todo el archivo")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
