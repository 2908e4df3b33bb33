"""The page docs/reference/minimum-data-set.md, made from the catalogue itself.

python -m casework.dataset.reference_page docs/reference/minimum-data-set.md
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from casework.dataset.catalogue import GROUPS, code_lists
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

Kept elsewhere: whose record it is and where it came from (group 1), how a relative is reached,
what they agreed to and what was said to them (2, 3, 26), incidents (21), pairs, decisions and
openings (23 to 25, 27). **Not asked**: the immigration status of whoever reports, and
genotypes, which stay at the laboratory.
"""
_COLUMNS = """\
| field | label | what | asked of | matters | reveals | |
|---|---|---|---|---|---|---|"""


def reference_page() -> str:
    """Write the whole page."""
    parts = [_INTRODUCTION, *(_group(group) for group in GROUPS), _lists()]
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
            marks.strip(),
        )
        yield _line(known)
        for part in field.parts:
            yield _line((f"… `{part.key}`", _said(part.label), _what(part), "", "", "", ""))


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
