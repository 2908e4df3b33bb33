"""Who takes part in matching, what is proposed, and when a run may begin or be stopped."""

from datetime import datetime, timedelta
from enum import StrEnum

from casework.candidates.model import MatchingRun, MatchingState
from casework.envelope import SearchConsent
from casework.errors import Conflict
from casework.record_codes import IdentificationStatus, SearchStatus
from casework.web.languages import marked

# Consent, or the duty to name the dead. Nothing else is weighed, listed or shown.
MAY_BE_SEARCHED = (SearchConsent.GRANTED, SearchConsent.PUBLIC_INTEREST)

STILL_SOUGHT = (SearchStatus.OPEN, SearchStatus.ACTIVE_LINES, SearchStatus.SUSPENDED)
STILL_UNNAMED = tuple(
    status
    for status in IdentificationStatus
    if status
    not in {
        IdentificationStatus.IDENTIFIED,
        IdentificationStatus.IDENTIFIED_UNCLAIMED,
        IdentificationStatus.REPATRIATED,
    }
)

# The best of each record are proposed; our choice, to be tied to the capacity of the teams
# (issue 4). `reunir match --top` lists as many as anybody wants.
PROPOSED_OF_EACH = 25
# What speaks more for two different people than for one is no proposal; our choice.
LEAST_LOG10_LR = 0.0


class Band(StrEnum):
    """How strongly two records speak for one person, as coarsely as it can be said."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"


# log10 likelihood ratios; the database draws the same lines in `blinded_pairings()`.
STRONG_FROM, MODERATE_FROM = 4.0, 2.0


def band_of(log10_lr: float) -> Band:
    """Say in which band a weight lies: all that is told where the numbers are closed."""
    if log10_lr >= STRONG_FROM:
        return Band.STRONG
    return Band.MODERATE if log10_lr >= MODERATE_FROM else Band.WEAK


# Why a run failed, in the words that its page shows.
NOTHING_TO_COMPARE = marked(
    "No hay a quién comparar: hace falta al menos una persona desaparecida y un registro de "
    "restos humanos que puedan usarse en la búsqueda."
)
FAULT = marked(
    "La comparación no terminó por una falla del sistema. Las propuestas anteriores siguen "
    "como estaban. Vuelva a intentarlo; si falla otra vez, avise a administración."
)

UNDER_WAY = (MatchingState.QUEUED, MatchingState.RUNNING)


def is_under_way(run: MatchingRun) -> bool:
    """Say whether a run waits or works."""
    return run.state in UNDER_WAY


def refusal_to_begin(latest: MatchingRun | None) -> Conflict | None:
    """Refuse a second run beside one that waits or works: it would propose the same."""
    if latest is None or not is_under_way(latest):
        return None
    return Conflict(
        marked("Ya hay una comparación en marcha o en espera. Espere a que termine.")
    )


# For so long the engine asks for no run of its own after one was stopped or failed; our choice.
ASKS_AGAIN_AFTER = timedelta(hours=1)


def ended_badly_lately(latest: MatchingRun | None, at: datetime) -> bool:
    """Say whether the newest run was stopped or failed less than a while ago."""
    if latest is None or latest.finished_at is None:
        return False
    ended_badly = latest.state in {MatchingState.FAILED, MatchingState.CANCELLED}
    return ended_badly and at < latest.finished_at + ASKS_AGAIN_AFTER


def refusal_to_cancel(run: MatchingRun) -> Conflict | None:
    """Refuse to stop what has already ended."""
    if is_under_way(run):
        return None
    return Conflict(marked("Esta comparación ya terminó; no hay nada que detener."))
