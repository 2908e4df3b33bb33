"""What one viewer is shown of the queue and of a run. Templates receive these, never models."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from casework.candidates.blinded import Blinded
from casework.candidates.model import FoundBy, MatchingRun, MatchingState
from casework.candidates.queries import Proposal
from casework.candidates.rules import Band, is_under_way
from casework.codes import Sex
from casework.missing.model import MissingPerson
from casework.openings import Openings
from casework.remains.model import Remains
from casework.values import DateRange
from casework.web.described import Teller
from casework.web.languages import marked
from privacy.model import Reveals

UNKNOWN_SEX = Sex.UNKNOWN.value

# In the order in which the engine sums them and the page shows them.
KIND_WORDS: Mapping[str, str] = {
    "sex": marked("Sexo"),
    "age": marked("Edad"),
    "stature": marked("Estatura"),
    "time": marked("Tiempo"),
    "place": marked("Lugar"),
    "marks": marked("Marcas y señas"),
    "hair": marked("Cabello"),
    "eyes": marked("Ojos"),
    "clothing": marked("Ropa"),
    "teeth": marked("Dentadura"),
    "medical": marked("Implantes"),
    "papers": marked("Documentos y teléfonos hallados"),
    "nationality": marked("Nacionalidad"),
    "build": marked("Complexión"),
    "body_weight": marked("Peso"),
    "handedness": marked("Mano preferida"),
    "blood_group": marked("Grupo sanguíneo"),
    "group": marked("Incidente y compañía"),
    "destination": marked("Destino"),
    "birth": marked("Día de nacimiento"),
    "recovery": marked("Día de la recuperación"),
    "outside": marked("Otros sistemas"),
}
STATE_WORDS: Mapping[MatchingState, tuple[str, str]] = {
    MatchingState.QUEUED: (marked("en espera"), "plain"),
    MatchingState.RUNNING: (marked("en marcha"), "warning"),
    MatchingState.FINISHED: (marked("terminada"), "done"),
    MatchingState.FAILED: (marked("falló"), "against"),
    MatchingState.CANCELLED: (marked("detenida"), "plain"),
}
PRIOR_WORDS: Mapping[str, str] = {
    "share_reported": marked(
        "el modelo supone que solo una parte de los restos pertenece a alguien de este registro"
    ),
    "registry": marked(
        "se aprendió de los pesos de este mismo registro, con el supuesto del modelo donde "
        "ellos dicen poco"
    ),
    "stated": marked("lo indicó quien pidió la comparación"),
}
BAND_WORDS: Mapping[Band, str] = {
    Band.STRONG: marked("fuerte"),
    Band.MODERATE: marked("moderada"),
    Band.WEAK: marked("débil"),
}
# A weight nearer to nought than this inclines nobody; as `casework.web.wording` has it.
SLIGHT = 0.1
REASONS_SHOWN = 3
COUNTED_IN_TENS, COUNTED_IN_HUNDREDS = 0.5, 0.95
LEAST_CHANCE = 1e-6
# The numbers behind a proposal are not known well enough to tell more than this apart.
SUREST = 0.99

# Who found a pair that the engine did not propose.
FOUND_WORDS: Mapping[FoundBy, str] = {
    FoundBy.DNA: marked("una comparación de ADN"),
    FoundBy.PRINTS: marked("un sistema de huellas (AFIS)"),
    FoundBy.PARTNER: marked("el sistema de otra institución"),
    FoundBy.EXAMINER: marked("quien examinó los restos o leyó los dos registros"),
    FoundBy.OTHER: marked("otra vía"),
}


def band_words(band: Band, teller: Teller) -> str:
    """Say how strongly two records speak for one person, in one of three words."""
    return teller.gettext(BAND_WORDS[band])


def share_words(posterior: float, teller: Teller) -> str:
    """Write a probability as a percentage that never reaches certainty."""
    if posterior > SUREST:
        return teller.gettext("más de %(share)s") % {"share": teller.wording.share(SUREST)}
    return teller.wording.share(posterior)


def chance_words(posterior: float, teller: Teller) -> str:
    """Say a probability as people count: so many of so many, never as certainty."""
    _ = teller.gettext
    if posterior >= COUNTED_IN_TENS:
        among = 100 if posterior >= COUNTED_IN_HUNDREDS else 10
        return _("de cada %(among)s propuestas así se esperan unas %(count)s verdaderas") % {
            "among": among,
            "count": min(round(posterior * among), among - 1),
        }
    if posterior < LEAST_CHANCE:
        return _("se espera menos de 1 verdadera en un millón de propuestas así")
    one_of = teller.wording.number(_two_digits(1 / posterior), 0)
    return _("se espera 1 verdadera de cada %(among)s propuestas así") % {"among": one_of}


@dataclass(frozen=True, slots=True)
class ShownParty:
    """One of the two records in a row: who, when, where. No name: it is no reason to look."""

    reference: str
    who: str
    when: str
    where: str

    @classmethod
    def of(
        cls,
        record: MissingPerson | Remains,
        openings: Openings,
        dates: DateRange | None,
        teller: Teller,
    ) -> "ShownParty":
        who = _who(record, teller) if openings.shows(Reveals.BODY) else ()
        return cls(
            record.reference,
            ", ".join(each for each in who if each),
            teller.dates_short(dates),
            teller.place(record),
        )


def _who(record: MissingPerson | Remains, teller: Teller) -> tuple[str, str]:
    sex = "" if record.sex == UNKNOWN_SEX else teller.code(record.sex)
    return sex, teller.numbers_short(record.age, teller.gettext("años"))


@dataclass(frozen=True, slots=True)
class ShownReason:
    """One kind of evidence that speaks loudly, and how loudly."""

    kind: str
    log10_lr: float
    side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProposal:
    """One row of the queue.

    Where a body is closed, a band stands for every number; where an identity is, for the
    probability, and the sum is that of the open weights.
    """

    number: int
    href: str
    person: ShownParty
    remains: ShownParty
    reasons: tuple[ShownReason, ...]
    log10_lr: float | None
    share: str
    chance: str
    is_invented: bool

    @classmethod
    def of(cls, proposal: Proposal, teller: Teller) -> "ShownProposal":
        pairing, person, remains = proposal.pairing, proposal.person, proposal.remains
        band = band_words(proposal.band, teller)
        return cls(
            number=pairing.id,
            href=f"/pairings/{pairing.id}",
            person=ShownParty.of(person, proposal.of_person, person.last_contact, teller),
            remains=ShownParty.of(remains, proposal.of_remains, remains.found, teller),
            reasons=_main_reasons(proposal.weights, teller),
            log10_lr=proposal.log10_lr,
            share=share_words(pairing.posterior, teller) if proposal.shows_all else band,
            chance=chance_words(pairing.posterior, teller) if proposal.shows_all else "",
            is_invented=person.invented or remains.invented,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBlinded:
    """A pairing whose other record is closed: that it exists, and whom to ask."""

    href: str
    own_reference: str
    own_href: str
    band: str
    institution: str
    country: str

    @classmethod
    def of(cls, blinded: Blinded, teller: Teller) -> "ShownBlinded":
        place = "missing" if blinded.side == "missing_person" else "remains"
        return cls(
            href=f"/pairings/{blinded.id}",
            own_reference=blinded.own_reference,
            own_href=f"/{place}/{blinded.own_reference}",
            band=band_words(blinded.band, teller),
            institution=blinded.institution,
            country=teller.country(blinded.country),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRun:
    """One matching run: how far it is, or what came of it."""

    id: int
    href: str
    state: str
    tone: str
    is_under_way: bool
    is_waiting: bool
    is_stopping: bool
    is_finished: bool
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    done: int
    total: int | None
    failure: str
    missing_count: int | None
    remains_count: int | None
    pairs_scored: int | None
    pairs_skipped: int | None
    expected_true_matches: float | None
    prior: str
    prior_basis: str
    model: str
    model_hash: str
    inputs_hash: str

    @classmethod
    def of(cls, run: MatchingRun, teller: Teller) -> "ShownRun":
        words, tone = STATE_WORDS[run.state]
        return cls(
            id=run.id,
            href=f"/pairings/runs/{run.id}",
            state=teller.gettext(words),
            tone=tone,
            is_under_way=is_under_way(run),
            is_waiting=run.state is MatchingState.QUEUED,
            is_stopping=run.cancel_requested and is_under_way(run),
            is_finished=run.state is MatchingState.FINISHED,
            requested_at=run.requested_at,
            started_at=run.started_at,
            finished_at=run.finished_at,
            done=run.done,
            total=run.total,
            failure=teller.gettext(run.failure) if run.failure else "",
            missing_count=run.missing_count,
            remains_count=run.remains_count,
            pairs_scored=run.pairs_scored,
            pairs_skipped=run.pairs_skipped,
            expected_true_matches=run.expected_true_matches,
            prior=chance_words(run.prior, teller) if run.prior is not None else "",
            prior_basis=prior_basis_words(run, teller),
            model=model_words(run),
            model_hash=run.model_hash or "",
            inputs_hash=run.inputs_hash or "",
        )


def model_words(run: MatchingRun) -> str:
    """Name the model that weighed."""
    return f"{run.model_name} {run.model_version}" if run.model_name else ""


def prior_basis_words(run: MatchingRun, teller: Teller) -> str:
    """Say where the belief before the evidence comes from."""
    return basis_words(run.prior_basis or "", teller)


def basis_words(basis: str, teller: Teller) -> str:
    """Say a basis as it was kept."""
    return teller.gettext(PRIOR_WORDS.get(basis, basis)) if basis else ""


def _main_reasons(weights: Mapping[str, float], teller: Teller) -> tuple[ShownReason, ...]:
    """Name the kinds that speak loudest; one that speaks against is never left unsaid."""
    loudest = sorted(
        (each for each in weights.items() if abs(each[1]) >= SLIGHT),
        key=lambda each: -abs(each[1]),
    )
    shown = loudest[:REASONS_SHOWN]
    against = [each for each in loudest if each[1] < 0]
    if against and against[0] not in shown:
        shown = [*shown[:-1], against[0]]
    return tuple(
        ShownReason(
            teller.gettext(KIND_WORDS.get(kind, kind)).lower(),
            weight,
            "supports" if weight > 0 else "against",
        )
        for kind, weight in shown
    )


def _two_digits(number: float) -> float:
    """Keep two digits: 1 of 1,234 claims a precision that no prior of ours has."""
    return round(number, 1 - math.floor(math.log10(number)))
