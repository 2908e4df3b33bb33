"""What bones and their regions are called, and how a bone of one side is said."""

from collections.abc import Callable, Iterator, Sequence

from casework.bones.atlas import BONES, Bone, Region, Stage, bones_of
from casework.bones.inventory import Seen, SeenBone
from casework.bones.words import BONE_WORDS, REGION_WORDS, STATE_WORDS, VERTEBRA_LETTERS
from casework.codes import Side
from casework.web.code_words import words_for

Gettext = Callable[[str], str]

_SIDES = {"l": Side.LEFT, "r": Side.RIGHT}
RUN_OF_MANY = 2


def bone_words(bone: Bone, gettext: Gettext) -> str:
    """Say which bone it is: `costilla 4, lado izquierdo`, `C3`."""
    if bone.stem in VERTEBRA_LETTERS:
        return f"{VERTEBRA_LETTERS[bone.stem]}{bone.number}"
    name = gettext(BONE_WORDS[bone.stem])
    numbered = f"{name} {bone.number}" if bone.number else name
    return f"{numbered}, {words_for(_SIDES[bone.side], gettext)}" if bone.side else numbered


def seen_words(bone: Bone, seen: SeenBone | None, gettext: Gettext) -> str:
    """Say how a bone was found, and how many of it where that is not as of one person."""
    if seen is None:
        return gettext("no registrado")
    state = gettext(STATE_WORDS[seen.state])
    if seen.count is None:
        return state
    return f"{state}, {seen.count}" + (f"/{bone.whole}" if bone.whole > 1 else " ×")


def said_region(seen: Seen, stage: Stage, region: Region, gettext: Gettext) -> tuple[str, ...]:
    """Tell a region in words: each state once, and the bones that are so."""
    found: dict[str, list[Bone]] = {}
    for bone in bones_of(stage):
        if bone.region is region:
            found.setdefault(seen_words(bone, seen.get(bone.code), gettext), []).append(bone)
    if len(found) == 1:
        whole = gettext("todo")
        return tuple(f"{whole}: {state}" for state in found)
    return tuple(
        f"{state}: {'; '.join(_runs(bones, gettext))}" for state, bones in found.items()
    )


def said_bones(seen: Seen, gettext: Gettext) -> tuple[str, ...]:
    """Tell of the bones that were spoken of, region by region, and of no others."""
    lines = []
    for region in Region:
        found: dict[str, list[Bone]] = {}
        for code, bone in BONES.items():
            if bone.region is region and code in seen:
                found.setdefault(seen_words(bone, seen[code], gettext), []).append(bone)
        lines += [
            f"{gettext(REGION_WORDS[region])}: {state}: {'; '.join(_runs(bones, gettext))}"
            for state, bones in found.items()
        ]
    return tuple(lines)


def _runs(bones: Sequence[Bone], gettext: Gettext) -> Iterator[str]:
    """Join neighbours that are numbered: `C1–C7`, `costilla 1–8, lado izquierdo`."""
    run: list[Bone] = []
    for bone in [*bones, None]:
        if run and (bone is None or not _follows(run[-1], bone)):
            yield from _run(run, gettext)
            run = []
        if bone is not None:
            run.append(bone)


def _follows(before: Bone, bone: Bone) -> bool:
    is_alike = (before.stem, before.side) == (bone.stem, bone.side)
    return is_alike and bone.number > 0 and bone.number == before.number + 1


def _run(run: Sequence[Bone], gettext: Gettext) -> Iterator[str]:
    if len(run) <= RUN_OF_MANY:
        yield from (bone_words(bone, gettext) for bone in run)
        return
    first, last = run[0], run[-1]
    start = bone_words(first, gettext)
    if first.stem in VERTEBRA_LETTERS:
        yield f"{start}–{bone_words(last, gettext)}"
    else:
        yield start.replace(f" {first.number}", f" {first.number}–{last.number}", 1)
