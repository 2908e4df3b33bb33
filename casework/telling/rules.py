"""What may be entered when, and what is due next; pages show what deeds demand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from casework.telling.model import StepKind, TellingStep
from casework.web.languages import marked

# What would go on with an identification that was taken back.
NOT_AFTER_RECALL = frozenset(
    {
        StepKind.TOLD,
        StepKind.RETURN_PLANNED,
        StepKind.PAPERS_READY,
        StepKind.LEFT,
        StepKind.LETTER,
        StepKind.NOTE,
    }
)
TALK_OF_RECALL = marked("Decirle a la familia que lo anterior ya no vale")
TALK = marked("Acordar cuándo se habla con la familia")
RETURN = marked("Acordar con la familia la devolución de los restos")
CALL = marked("Acordar con la familia cuándo se vuelve a hablar")
OPINION = marked("Responder a la familia, que pide otra opinión")
# How the return goes on, by the last step that was entered.
AFTER_STEP = {
    StepKind.RETURN_PLANNED: marked("Preparar los papeles para la devolución"),
    StepKind.PAPERS_READY: marked("Acordar el día en que salen los restos"),
    StepKind.LEFT: marked("Confirmar que los restos llegaron"),
    StepKind.ARRIVED: marked("Acordar con la familia cuándo los recibe"),
}
RETURNING = (*AFTER_STEP, StepKind.RECEIVED)


@dataclass(frozen=True, slots=True)
class Next:
    """What is due: in words of ours, or a step that waits for what became of it."""

    words: str
    step: TellingStep | None = None
    presses: bool = False

    @property
    def due_on(self) -> date | None:
        return self.step.due_on if self.step else None


def open_steps(steps: Collection[TellingStep]) -> list[TellingStep]:
    """Give what was planned for a day and nobody answered yet, the earliest first."""
    closed = {each.closes_id for each in steps}
    waiting = [each for each in steps if each.due_on and each.id not in closed]
    return sorted(waiting, key=lambda each: (each.due_on, each.id))


def next_of(steps: Sequence[TellingStep], *, is_recalled: bool) -> list[Next]:
    """Tell what is due next, what presses first; `steps` come the oldest first."""
    found = list(_without_a_day(steps, is_recalled=is_recalled))
    found += [Next("", each) for each in open_steps(steps)]
    return sorted(found, key=lambda each: not each.presses)


def _without_a_day(steps: Sequence[TellingStep], *, is_recalled: bool) -> list[Next]:
    kinds = [each.kind for each in steps]
    waits = {each.kind for each in open_steps(steps)}
    if is_recalled:
        knows = StepKind.TOLD in kinds and StepKind.RECALL_TOLD not in kinds
        return [Next(TALK_OF_RECALL, presses=True)] if knows else []
    found = []
    if wishes_other_opinion(kinds):
        found.append(Next(OPINION, presses=True))
    if wants_no_contact(kinds):
        return found
    if StepKind.TOLD not in kinds:
        talks = {StepKind.TALK_PLANNED, StepKind.NOT_REACHED, StepKind.ASKED_TO_WAIT}
        return found if talks & waits else [*found, Next(TALK, presses=True)]
    last = next((each for each in reversed(kinds) if each in RETURNING), None)
    # Where the last step itself waits for a day, that line says it.
    if last is not StepKind.RECEIVED and last not in waits:
        found.append(Next(AFTER_STEP[last] if last else RETURN))
    calls = {StepKind.CALL_AGREED, StepKind.CALL_NOT_HELD}
    if StepKind.CALL_HELD not in kinds and not calls & waits:
        found.append(Next(CALL))
    return found


def wants_no_contact(kinds: Sequence[StepKind]) -> bool:
    """Say whether the family's last word was that nobody is to contact them."""
    said = [
        each for each in kinds if each in {StepKind.WANTS_NO_CONTACT, StepKind.WANTS_CONTACT}
    ]
    return said[-1:] == [StepKind.WANTS_NO_CONTACT]


def wishes_other_opinion(kinds: Sequence[StepKind]) -> bool:
    """Say whether the family asked for another opinion and nobody answered yet."""
    about = {StepKind.WANTS_OTHER_OPINION, StepKind.OPINION_ANSWERED}
    return [each for each in kinds if each in about][-1:] == [StepKind.WANTS_OTHER_OPINION]


def may_be_entered(kind: StepKind, kinds: Collection[StepKind], *, is_recalled: bool) -> bool:
    """Say whether a step can be entered as things stand; the database holds to the same."""
    if is_recalled:
        return kind not in NOT_AFTER_RECALL
    if kind is StepKind.OPINION_ANSWERED:
        return StepKind.WANTS_OTHER_OPINION in kinds
    return kind is not StepKind.RECALL_TOLD
