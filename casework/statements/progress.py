"""How far each step of a record is, and what would be asked first."""

from dataclasses import dataclass

from casework.dataset.catalogue import groups_of
from casework.dataset.shape import Field, Group, Level
from casework.statements.describing import Described
from casework.statements.picture import Picture
from casework.web.described import Teller


@dataclass(frozen=True, slots=True)
class StepProgress:
    """One step: how many of its questions have an answer, and which matter most."""

    key: str
    title: str
    answered: int
    asked: int
    wanting: tuple[str, ...]


def progress_of(
    described: Described, picture: Picture, teller: Teller
) -> tuple[StepProgress, ...]:
    """Count the answers of each step, also that nothing is known or that somebody refused."""
    return tuple(
        _step(group, described, picture, teller) for group in groups_of(described.kind)
    )


def _step(group: Group, described: Described, picture: Picture, teller: Teller) -> StepProgress:
    fields = [each for each in group.of(described.kind) if is_asked(each, picture)]
    answered = [field for field in fields if _is_answered(field, picture)]
    return StepProgress(
        key=group.key,
        title=teller.gettext(group.title),
        answered=len(answered),
        asked=len(fields),
        wanting=tuple(
            teller.gettext(field.label)
            for field in fields
            if field.level is Level.WANTED and field not in answered
        ),
    )


def is_asked(field: Field, picture: Picture) -> bool:
    """Say whether it is counted: what its own page keeps, only if it was said here as well."""
    return not field.has_rows or _is_answered(field, picture)


def _is_answered(field: Field, picture: Picture) -> bool:
    return any(path == field.key or path.startswith(f"{field.key}/") for path in picture)
