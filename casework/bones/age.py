"""Age at death from the face of the pubic bones: the six phases of Brooks and Suchey (1990).

Each phase is told by the ages within which 95 of 100 people of its sample died; nothing
narrower is claimed. See `docs/methods/bones.md`.
"""

from collections.abc import Mapping

PHASES: Mapping[str, tuple[tuple[int, int], ...]] = {
    "female": ((15, 24), (19, 40), (21, 53), (26, 70), (25, 83), (42, 87)),
    "male": ((15, 23), (19, 34), (21, 46), (23, 57), (27, 66), (34, 86)),
}
SUCHEY_BROOKS = "Brooks y Suchey 1990"


def years_of_phase(sex: str, phase: int) -> tuple[int, int] | None:
    """Give the years of a phase, 1 to 6; of other phases and of no known sex, nothing."""
    years = PHASES.get(sex, ())
    return years[phase - 1] if 1 <= phase <= len(years) else None
