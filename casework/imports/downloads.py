"""Rows to be mended by hand: a table that opens in a spreadsheet and can be imported again."""

import csv
import io
import re
from collections.abc import Callable, Sequence

from casework.imports.model import ImportProblem, QuarantinedRow
from casework.imports.report import sentence

LINE, REASONS = "reunir_linea", "reunir_motivos"
# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV injection"). Numbers
# and coordinates may begin with a minus sign: nothing but digits and marks runs nothing.
_FORMULA = re.compile(r"[=+\-@\t\r]")
_ONLY_NUMBERS = re.compile(r"[-+\d.,;: ]+")


def rows_to_mend(
    rows: Sequence[QuarantinedRow],
    faults: Sequence[ImportProblem],
    gettext: Callable[[str], str],
) -> str:
    """Write the rows word for word under their own columns, the reasons behind them."""
    header = list(dict.fromkeys(name for row in rows for name, _ in row.original))
    reasons: dict[int, list[str]] = {}
    for each in faults:
        reasons.setdefault(each.line, []).append(sentence(each, gettext))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*map(harmless, header), LINE, REASONS])
    for row in rows:
        found = dict(row.original)
        cells = [harmless(found.get(name, "")) for name in header]
        told = " ".join(dict.fromkeys(reasons.get(row.line, ())))
        writer.writerow([*cells, row.line, harmless(told)])
    return text.getvalue()


def harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula."""
    is_formula = _FORMULA.match(text) and not _ONLY_NUMBERS.fullmatch(text)
    return f"'{text}" if is_formula else text
