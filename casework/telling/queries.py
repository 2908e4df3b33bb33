"""Reading what followed a release: as whoever speaks with the family, and in days alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import NotFound
from casework.identifications.model import DecisionEnd, DecisionRelease, HandedOver
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.retention.sight import as_keeper
from casework.telling.model import StepKind, TellingStep
from casework.telling.rules import Next, next_of
from privacy.model import Reveals
from privacy.permissions import KEEPER, Viewer
from privacy.sealing.opening import open_group

SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Recall:
    """That an identification was taken back, when, and whether remains had been handed over."""

    at: datetime
    handed_over: HandedOver | None


@dataclass(frozen=True, slots=True)
class Telling:
    """A release and all that followed it; steps come the oldest first."""

    release: DecisionRelease
    person: MissingPerson
    steps: Sequence[TellingStep]
    recall: Recall | None

    @property
    def number(self) -> int:
        return self.release.decision_id

    @property
    def kinds(self) -> list[StepKind]:
        return [each.kind for each in self.steps]

    @property
    def is_recalled(self) -> bool:
        return self.recall is not None

    @property
    def signed_by(self) -> int | None:
        """Name the service that signed in the name of whoever kept the file, where one did."""
        return self.release.told.get("signed_by")

    @property
    def signed_for(self) -> int | None:
        """Name who kept the file as a service signed in its name; it may be another by now."""
        return self.release.told.get("signed_for")

    @property
    def keeper_asked_to_sign(self) -> bool:
        """Say whether it was in the name of whoever keeps the file now."""
        return self.signed_for == self.person.owner_institution_id

    @property
    def following(self) -> list[Next]:
        """Tell what is due next."""
        return next_of(self.steps, is_recalled=self.is_recalled)

    def last(self, kind: StepKind) -> TellingStep | None:
        """Give the newest step of a kind."""
        return next((each for each in reversed(self.steps) if each.kind is kind), None)


@dataclass(frozen=True, slots=True)
class TellingDue:
    """How much is due of an institution's families."""

    overdue: int = 0
    today: int = 0
    soon: int = 0
    waits: int = 0


def open_telling(session: Session, viewer: Viewer, number: int, *, at: datetime) -> Telling:
    """Open a release with all that followed it, of a person whose record the viewer's keeps.

    Raises
    ------
    NotFound
        If nothing was released of that decision, or it is not theirs to read.
    """
    for each in _tellings(session, viewer, at=at, number=number):
        release = open_group(session, viewer, [each.release], Reveals.IDENTITY, at=at)
        if release.refused:
            break
        open_group(session, viewer, each.steps, Reveals.CONTACT, at=at)
        return each
    raise NotFound("release")


def count_due(session: Session, viewer: Viewer, *, at: datetime) -> TellingDue:
    """Count what is due after the releases of the viewer's institution; nothing is opened."""
    return _counted(_tellings(session, viewer, at=at), at.date())


def all_with_late_steps(session: Session, *, at: datetime) -> Sequence[int]:
    """Name the institutions whose day for a step with a family has passed."""
    closed = sa.select(TellingStep.closes_id).where(TellingStep.closes_id.is_not(None))
    late = sa.select(TellingStep.case_id).where(
        TellingStep.due_on < at.date(), TellingStep.id.not_in(closed)
    )
    owners = readable_missing(KEEPER, at).where(MissingPerson.id.in_(late))
    return session.scalars(
        owners.with_only_columns(MissingPerson.owner_institution_id).distinct()
    ).all()


def days_of(session: Session, viewer: Viewer, number: int) -> list[tuple[StepKind, date]]:
    """Give what was done and on which day, of a decision that the viewer reads; no words.

    For examiners, who learn that a family was told and that remains came home.
    """
    shown = (StepKind.TOLD, StepKind.RECALL_TOLD, StepKind.LEFT, StepKind.ARRIVED)
    with as_keeper(session, viewer):
        rows = session.execute(
            sa.select(TellingStep.kind, TellingStep.happened_on)
            .where(
                TellingStep.decision_id == number,
                TellingStep.kind.in_((*shown, StepKind.RECEIVED)),
                TellingStep.happened_on.is_not(None),
            )
            .order_by(TellingStep.id)
        )
        return [(row[0], row[1]) for row in rows if row[1] is not None]


def _tellings(
    session: Session, viewer: Viewer, *, at: datetime, number: int | None = None
) -> list[Telling]:
    own = readable_missing(viewer, at).where(
        MissingPerson.owner_institution_id == viewer.institution_id
    )
    query = sa.select(DecisionRelease).where(
        DecisionRelease.case_id.in_(own.with_only_columns(MissingPerson.id))
    )
    if number is not None:
        query = query.where(DecisionRelease.decision_id == number)
    releases = session.scalars(query.order_by(DecisionRelease.id)).all()
    people = {
        each.id: each
        for each in session.scalars(
            own.where(MissingPerson.id.in_({row.case_id for row in releases}))
        )
    }
    decisions = {each.decision_id for each in releases}
    steps = _steps_of(session, decisions)
    recalls = _recalls(session, viewer, decisions)
    return [
        Telling(
            each,
            people[each.case_id],
            steps.get(each.decision_id, []),
            recalls.get(each.decision_id),
        )
        for each in releases
    ]


def _steps_of(session: Session, decisions: Collection[int]) -> Mapping[int, list[TellingStep]]:
    found: dict[int, list[TellingStep]] = {}
    rows = sa.select(TellingStep).where(TellingStep.decision_id.in_(decisions))
    for each in session.scalars(rows.order_by(TellingStep.id)):
        found.setdefault(each.decision_id, []).append(each)
    return found


def _recalls(
    session: Session, viewer: Viewer, decisions: Collection[int]
) -> Mapping[int, Recall]:
    """Say which were taken back, and whether remains had left: not why, nor by whom."""
    with as_keeper(session, viewer):
        rows = session.execute(
            sa.select(
                DecisionEnd.decision_id, DecisionEnd.entered_at, DecisionEnd.handed_over
            ).where(DecisionEnd.decision_id.in_(decisions))
        )
        return {row[0]: Recall(row[1], row[2]) for row in rows}


def _counted(tellings: Collection[Telling], today: date) -> TellingDue:
    overdue = due_today = soon = waits = 0
    for each in (due for telling in tellings for due in telling.following):
        if each.due_on is None:
            overdue, waits = overdue + each.presses, waits + (not each.presses)
        elif each.due_on < today:
            overdue += 1
        elif each.due_on == today:
            due_today += 1
        elif each.due_on <= today + SOON:
            soon += 1
    return TellingDue(overdue, due_today, soon, waits)
