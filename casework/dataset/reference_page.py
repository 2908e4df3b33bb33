"""The page docs/reference/minimum-data-set.md, made from the catalogue itself.

python -m casework.dataset.reference_page docs/reference/minimum-data-set.md
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from casework.dataset.catalogue import GROUPS, code_lists
from casework.dataset.elsewhere import ELSEWHERE, NOWHERE
from casework.dataset.found import found_by
from casework.dataset.shape import CodeList, Field, Group, Kind, RecordKind
from casework.web.languages import translations_for

_INTRODUCTION = """\
# The minimum data set

What a record can say, one line for each question. Made from the declarations in
`casework/dataset/`; whoever changes them makes the page again:
`python -m casework.dataset.reference_page docs/reference/minimum-data-set.md`. Labels are those
that an English reader sees. The flat files of the command line carry fewer columns:
[flat tables](batch-tables.md).

- **asked of**: `missing_person`, `remains`, `living_person`, or all of them.
- **matters**: `mandatory` stands in every record, given or by default; `wanted` helps most to
  find somebody; then `recommended` and `optional`. None but the first keeps a report from being
  saved.
- **reveals**: what an answer tells about the person, and so who may read it.
- *apart*: asked where nobody else listens. *stays*: never handed to another institution.
- A question with parts can be answered any number of times; each part reveals what the whole
  does.
- Every question can also be answered with "not known", "refused" or "has none", so lists have
  no codes for these unless the engine's own list does.

**Where.** Every question is entered and shown in its step
(`/missing/<reference>/record/<step>`, the same of remains and of people alive), or on the
page that stands beside it; shown with who said it, when and how in the history; read and
given by path over the API; handed out and brought in, with all that was said of it, in [whole
records](import-profiles.md#whole-records), as far as the recipient may read the group and
unless it *stays*. **found by** says how a record is found by the answer: `name`, a `filter`
of its register, `words` of the one search, whole `numbers` only, or not (`–`: codes and dates
are compared by the engine, DNA is not searched). Where it differs between kinds of record, it
stands in the order of *asked of*. What is no question stands under [Kept
elsewhere](#kept-elsewhere).
"""
_COLUMNS = """\
| field | label | what | asked of | matters | reveals | found by | |
|---|---|---|---|---|---|---|---|"""


def reference_page() -> str:
    """Write the whole page."""
    parts = [_INTRODUCTION, *(_group(group) for group in GROUPS), _elsewhere(), _lists()]
    return "\n".join(parts)


def _group(group: Group) -> str:
    head = f"## {group.number} {_said(group.title)}\n"
    return "\n".join([head, _COLUMNS, *_rows(group), ""])


def _rows(group: Group) -> Iterator[str]:
    for field in group.fields:
        asked_of = " ".join(f"`{kind}`" for kind in RecordKind if kind in field.of)
        marks = "*apart* " * field.asked_apart + "*stays* " * (not field.leaves)
        marks += f"*on its own page: {field.kept_at}*" * bool(field.kept_at)
        known = (
            f"`{field.key}`",
            _said(field.label),
            _what(field),
            "all" if len(field.of) == len(RecordKind) else asked_of,
            field.level.value,
            field.reveals.value,
            _found(field),
            marks.strip(),
        )
        yield _line(known)
        for part in field.parts:
            yield _line((f"… `{part.key}`", _said(part.label), _what(part), *[""] * 5))


def _found(field: Field) -> str:
    kinds = [kind for kind in RecordKind if kind in field.of]
    ways = [found_by(field, kind).value for kind in kinds]
    return ways[0] if len(set(ways)) == 1 else ", ".join(ways)


def _elsewhere() -> str:
    """Say where the rest is: fields that nobody types, and rows with rules of their own."""
    head = (
        "## Kept elsewhere\n\n"
        "| group | fields | column | entered | found by | goes out | comes in |\n"
        "|---|---|---|---|---|---|---|"
    )
    rows = [
        f"| {each.group} | {each.fields} | {', '.join(f'`{name}`' for name in each.kept)} "
        f"| {each.entered} | {each.found} | {each.goes_out} | {each.comes_in} |"
        for each in ELSEWHERE
    ]
    nowhere = "\n".join(f"- {each}." for each in NOWHERE)
    told = "Of remains and of people alive the columns of group 1 are the same."
    later = "Groups 23 to 27, decisions and what follows them, have no place yet but the log."
    return "\n".join([head, *rows, "", told, later, "", "**Kept nowhere**:", "", nowhere, ""])


def _what(field: Field) -> str:
    """Say what the value is: its kind, then its list, its unit or its bounds."""
    if field.codes:
        return f"{field.kind.value}: [{field.codes.key}](#{field.codes.key})"
    if field.kind is Kind.NUMBERS and field.bounds:
        low, high = field.bounds
        return f"numbers {low:,g}–{high:,g} {_said(field.unit)}".strip()
    return "entries of" if field.parts else field.kind.value


def _lists() -> str:
    told = "\n".join(_list(codes) for codes in code_lists())
    return f"## Code lists\n\n{told}"


def _list(codes: CodeList) -> str:
    standard = f" ({codes.standard})" if codes.standard else ""
    words = ", ".join(f"`{code}` {_said(words)}" for code, words in codes.words.items())
    return f'- <a id="{codes.key}"></a>**{codes.key}**{standard}: {words}'


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |".replace("|  |", "| |").replace("|  |", "| |")


def _said(message: str) -> str:
    return translations_for("en").gettext(message) if message else ""


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference_page() + "\n", encoding="utf-8")
