"""What the shared components are given. Presenters fill these; templates only read them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from casework.listing import AtLeast, folded_text


class Known(StrEnum):
    """What is known of a fact. Unknown is not empty is not refused, and pages show which."""

    VALUE = "value"
    NOT_RECORDED = "not_recorded"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    NONE = "none"
    CLOSED = "closed"  # not for this viewer: said whether or not anything is recorded


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what is known; `note` says how it is known (by whom, by what method).

    `lines` are the several things that `text` says in one breath, for a list of lines; `href`
    leads to what `text` names.
    """

    label: str
    text: str = ""
    known: Known = Known.VALUE
    note: str = ""
    lines: tuple[str, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class ClosedPart:
    """What stands in place of facts that are not for this reader, and where to mend it."""

    sentence: str
    href: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind of evidence of a pairing: what each record says, its weight and a sentence."""

    kind: str
    left: Fact
    right: Fact
    log10_lr: float | None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class NavLink:
    """A place to go from the header, a tab row or a trail of breadcrumbs."""

    label: str
    href: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the reader; `tone` is `plain`, `done`, `warning` or `problem`."""

    text: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrame:
    """What the layout shows round every page."""

    path: str
    nav: tuple[NavLink, ...] = ()
    person: str | None = None
    institution: str | None = None
    notices: tuple[Notice, ...] = ()
    shows_invented: bool = False
    shows_real: bool = False
    version: str = ""
    form_token: str | None = None
    sheet: str = ""  # of this page, once: what is sent on it twice is done once
    purpose: str = ""
    purposes: tuple["Choice", ...] = ()
    unseen: int = 0  # notifications that the reader has not seen
    finds: bool = False  # whether there is anything that a search could find


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a select or a group of radios."""

    value: str
    label: str


def by_label(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """Put options where a reader looks for them: an accent sends no México behind Myanmar."""
    return tuple(sorted(choices, key=lambda choice: folded_text(choice.label)))


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a table; with `href` it sorts, and `order` says how it is sorted now."""

    label: str
    href: str | None = None
    order: str | None = None
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """Where one page of a list stands in the whole, and its neighbours."""

    first: int
    last: int
    total: int
    previous_href: str | None
    next_href: str | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to look at in what was given: where it stands, what it says, what to do."""

    where: str
    sentence: str
    value: str = ""
    tone: str = "warning"


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a timeline; `when` is already in words, `instant` is for machines."""

    when: str
    text: str
    instant: str = ""
    by: str = ""
    tone: str = "plain"


def link_with(path: str, query: Mapping[str, str], **changes: str | int | None) -> str:
    """Write an address with some parts of its query changed; `None` takes a part out."""
    merged: dict[str, str | int | None] = {**query, **changes}
    kept = {key: value for key, value in merged.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept)}" if kept else path


def pager_of(path: str, query: Mapping[str, str], *, page: int, size: int, total: int) -> Pager:
    """Work out the links of one page of a list; pages count from 1."""
    first = (page - 1) * size + 1 if total else 0
    has_next = page * size < total or isinstance(total, AtLeast)
    return Pager(
        first=first,
        last=min(page * size, total),
        total=total,
        previous_href=link_with(path, query, page=page - 1) if page > 1 else None,
        next_href=link_with(path, query, page=page + 1) if has_next else None,
    )


def sorted_headings(
    path: str,
    query: Mapping[str, str],
    columns: Sequence[tuple[str, str | None]],
    *,
    numbers: Collection[str] = (),
) -> list[Heading]:
    """Make headings of (label, sort key); a second press turns the order round.

    `numbers` names the labels over numbers, which stand at the end of their column.

    The query holds `sort=key` or `sort=-key`; changing the order starts at the first page.
    """
    now = query.get("sort", "")
    headings = []
    for label, key in columns:
        if key is None:
            headings.append(Heading(label, is_number=label in numbers))
            continue
        order = {key: "ascending", f"-{key}": "descending"}.get(now)
        turned = f"-{key}" if order == "ascending" else key
        href = link_with(path, query, sort=turned, page=None)
        headings.append(Heading(label, href, order, is_number=label in numbers))
    return headings
