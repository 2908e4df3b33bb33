"""The DNA with the prior and the other evidence: in words and as a picture, step by step."""

from dataclasses import dataclass

from casework.candidates.model import MatchingRun
from casework.candidates.presenters import (
    KIND_WORDS,
    basis_words,
    chance_words,
    prior_basis_words,
)
from casework.kinship import sentences
from casework.kinship.believing import beside_then
from casework.kinship.picture import Picture, draw_together
from casework.kinship.queries import Kept, Pair
from casework.kinship.told import Told
from casework.kinship.weighing import Beside
from casework.web.described import Teller

EVEN_LOCUS = 0.05  # powers of ten: what says less than 1.1 times leans nowhere


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One of the numbers that are multiplied: how it is called, how much, and from where."""

    name: str
    size: str
    basis: str


@dataclass(frozen=True, slots=True)
class ShownThen:
    """One thing as it was on the day the result was entered, and as it is today."""

    name: str
    then: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTogether:
    """The DNA with the prior and the other evidence; `picture` and steps in the same order."""

    steps: tuple[ShownStep, ...]
    picture: Picture
    probability: str
    counted: str
    threshold: str
    without_dna: str
    larger_search: str
    entered_on: str
    then: tuple[ShownThen, ...]


def shown_together(
    found: Beside, pair: Pair, kept: Kept, run: MatchingRun, *, teller: Teller
) -> ShownTogether:
    """Lay out what is multiplied, and what comes of it."""
    _, told = teller.gettext, kept.told
    steps = (
        ShownStep(
            _("Antes de mirar nada"),
            sentences.odds_words(found.prior, teller),
            _prior_basis(pair, run, teller),
        ),
        ShownStep(
            _("Los demás indicios"),
            _factor_words(found.counted, teller),
            _other_basis(found, teller),
        ),
        ShownStep(
            _("El ADN"),
            _factor_words(found.dna, teller),
            _("el número de arriba, de este resultado"),
        ),
        ShownStep(
            _("Todo junto"),
            sentences.total_words(found, teller),
            _("los tres multiplicados, si valen los supuestos de cada uno"),
        ),
    )
    without = sentences.odds_words(found.before_dna, teller)
    return ShownTogether(
        steps=steps,
        picture=draw_together(found),
        probability=sentences.probability_words(found, teller),
        counted=sentences.counted_words(found, teller),
        threshold=sentences.threshold_sentence(found, teller),
        without_dna=without,
        larger_search=_larger_search(told, run, teller),
        entered_on=teller.wording.day(kept.result.entered_at.date()),
        then=then_and_now(told, found, run, teller),
    )


def then_and_now(
    told: Told, found: Beside, run: MatchingRun, teller: Teller
) -> tuple[ShownThen, ...]:
    """Lay what was believed on the day beside today's; nothing where they are the same.

    The search that proposed the pair is made anew when records change, and the belief with it.
    """
    believed, then = told.believed, beside_then(told)
    if believed is None:
        return ()
    _ = teller.gettext
    rows = [
        ShownThen(
            _("Antes de mirar nada"),
            sentences.odds_words(believed.prior, teller),
            sentences.odds_words(found.prior, teller),
        ),
        ShownThen(
            _("De dónde sale"),
            basis_words(believed.basis, teller),
            basis_words(run.prior_basis or "", teller),
        ),
        ShownThen(
            _("Personas por restos que se compararon"),
            _sizes(believed.missing, believed.remains, teller),
            _sizes(run.missing_count or 0, run.remains_count or 0, teller),
        ),
    ]
    if then is not None:
        rows += [
            ShownThen(
                _("Los demás indicios"),
                _factor_words(then.counted, teller),
                _factor_words(found.counted, teller),
            ),
            ShownThen(
                _("Todo junto, la probabilidad"),
                sentences.probability_words(then, teller),
                sentences.probability_words(found, teller),
            ),
        ]
    return tuple(rows) if any(each.then != each.now for each in rows) else ()


def _sizes(missing: int, remains: int, teller: Teller) -> str:
    number = teller.wording.number
    return f"{number(missing, 0)} × {number(remains, 0)}"


def _larger_search(told: Told, run: MatchingRun, teller: Teller) -> str:
    """Say where the pair came up among more than the prior counts: it begins too high then."""
    counted = (run.missing_count or 0) * (run.remains_count or 0)
    if (told.comparisons or 0) <= counted:
        return ""
    return teller.gettext(
        "El ADN salió de una búsqueda con %(count)s comparaciones, y la partida cuenta solo "
        "%(counted)s: puede ser demasiado alta, y con ella la probabilidad. Pida a quien sepa "
        "de estadística que la revise."
    ) % {
        "count": teller.wording.number(told.comparisons, 0),
        "counted": teller.wording.number(counted, 0),
    }


def _prior_basis(pair: Pair, run: MatchingRun, teller: Teller) -> str:
    """Say where the prior comes from and how large the search was: never silently 1:1."""
    return teller.gettext(
        "entre los pares en que ni la persona ni los restos corresponden a otro registro; de "
        "un par cualquiera: %(chance)s; %(basis)s. El motor comparó (personas por restos): "
        "%(missing)s × %(remains)s."
    ) % {
        "chance": chance_words(pair.proposal.pairing.prior, teller),
        "basis": prior_basis_words(run, teller),
        "missing": teller.wording.number(run.missing_count or 0, 0),
        "remains": teller.wording.number(run.remains_count or 0, 0),
    }


def _other_basis(found: Beside, teller: Teller) -> str:
    """Say that it is the sum of the comparison, what that leaves out and what counts."""
    _, short = teller.gettext, teller.wording.weight_short
    said = [
        _("la suma de los pesos de la comparación, %(sum)s en logaritmos")
        % {"sum": short(found.other)}
    ]
    if found.left_out:
        names = ", ".join(_(KIND_WORDS[kind]) for kind in found.left_out)
        said.append(_("sin contar: %(kinds)s") % {"kinds": names})
    if abs(found.counted - found.other) > EVEN_LOCUS:
        said.append(
            _(
                "de la que el modelo cuenta %(counted)s, porque los indicios repiten en parte "
                "lo mismo"
            )
            % {"counted": short(found.counted)}
        )
    return "; ".join(said)


def _factor_words(log10_lr: float, teller: Teller) -> str:
    _ = teller.gettext
    if abs(log10_lr) < EVEN_LOCUS:
        return _("no inclina")
    said = {"times": sentences.times_words(log10_lr, teller)}
    return (
        _("multiplica por %(times)s") if log10_lr > 0 else _("divide entre %(times)s")
    ) % said
