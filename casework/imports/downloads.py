"""Rows to be mended by hand: a table that opens in a spreadsheet and can be imported again."""

import csv
import io
from collections.abc import Callable, Sequence

from casework.imports.model import ImportProblem, QuarantinedRow
from casework.imports.report import sentence
from casework.spreadsheets import harmless

LINE, REASONS = "reunir_linea", "reunir_motivos"


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
