"""Cells of tables that people open with a spreadsheet, and that come back from one.

A spreadsheet takes a cell that begins like a formula for one (OWASP, CSV injection). Such a
cell leaves with an apostrophe before it, and loses it again where the table is read. Numbers
and coordinates may begin with a minus sign.
"""

import re

_FORMULA = re.compile(r"[=+\-@\t\r]")
_ONLY_NUMBERS = re.compile(r"[-+]?\d[\d.]*(?:[,;: ]+[-+]?\d[\d.]*)*")
_GUARDED = re.compile(r"'[=+\-@\t\r']")
_GUARD = "'"
BYTE_ORDER_MARK = "\ufeff"
"""Tells a spreadsheet that the accents are UTF-8."""


def harmless(text: str) -> str:
    """Write a text so that no spreadsheet computes it; numbers stay numbers."""
    is_formula = _FORMULA.match(text) and not _ONLY_NUMBERS.fullmatch(text)
    return _GUARD + text if is_formula or _GUARDED.match(text) else text


def as_meant(cell: str) -> str:
    """Read a text as it was before `harmless` wrote it."""
    return cell[1:] if _GUARDED.match(cell) else cell
