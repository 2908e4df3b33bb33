"""What is missing and what it would be worth to know it; the strongest argument against."""

from collections.abc import Mapping
from dataclasses import dataclass

from casework.candidates.explaining import Explanation
from casework.candidates.weighing import Argued, Explained
from casework.web.described import Teller
from casework.web.languages import marked
from casework.web.pieces import Compared, Fact, Known

# Whom to ask, by the side that says nothing.
ASKED: Mapping[str, str] = {
    "missing": marked(
        "Falta en el registro de la persona: preguntar a la familia o a quien hizo el reporte."
    ),
    "remains": marked("Falta en el registro de los restos: preguntar a quien los examina."),
    "both": marked("Falta en los dos registros: preguntar a ambos lados."),
}
SAYS = 0.05  # less is written as 0.0
WORTH = marked(
    "Si los dos registros son de la misma persona, se espera que sume %(expected)s "
    "(lo usual: de %(low)s a %(high)s); si no lo son, %(against)s."
)


@dataclass(frozen=True, slots=True)
class ShownUnknown:
    """One kind that could not be compared: what each side says, whom to ask, what to expect."""

    kind: str
    left: Fact
    right: Fact
    ask: str
    worth: float | None
    words: str

    @property
    def says_something(self) -> bool:
        """Say whether it is worth a row of its own: asked for, or known on a side."""
        known = Known.VALUE in (self.left.known, self.right.known)
        return known or self.worth is not None


def shown_unknown(
    rows: Mapping[str, Compared], explained: Explained, teller: Teller
) -> tuple[ShownUnknown, ...]:
    """Tell what could not be compared: first what it would be worth most to know."""
    unknown = {kind: row for kind, row in rows.items() if row.log10_lr is None}
    ranked = [each.kind.value for each in explained.unknown if each.kind.value in unknown]
    rest = [kind for kind in unknown if kind not in ranked]
    return tuple(_shown(kind, unknown[kind], explained, teller) for kind in (*ranked, *rest))


def _shown(kind: str, row: Compared, explained: Explained, teller: Teller) -> ShownUnknown:
    wording = teller.wording
    found = next((each for each in explained.unknown if each.kind.value == kind), None)
    if found is None:
        return ShownUnknown(row.kind, row.left, row.right, "", None, row.sentence)
    expected = found.expected
    words = teller.gettext(WORTH) % {
        "expected": wording.weight_short(expected.if_same),
        "low": wording.weight_short(expected.low),
        "high": wording.weight_short(expected.high),
        "against": wording.weight_short(expected.if_not),
    }
    if max(map(abs, (expected.if_same, expected.low, expected.high, expected.if_not))) < SAYS:
        words = teller.gettext("Saberlo casi no cambiaría nada.")
    ask = teller.gettext(ASKED[found.side.value])
    return ShownUnknown(row.kind, row.left, row.right, ask, expected.if_same, words)


def argument_words(
    explanation: Explanation, rows: Mapping[str, Compared], teller: Teller
) -> str:
    """Say the strongest argument against a pairing; nothing where its numbers are closed."""
    argued = explanation.argued
    if argued is None:
        return ""
    said = _argument(argued, rows)
    if not said:
        said = f"{_nothing_against(explanation, teller)} {_what_else(argued, rows, teller)}"
    others = _others(argued.others, teller) if argued.others else ""
    return f"{said.strip()} {others}".strip()


def _argument(argued: Argued, rows: Mapping[str, Compared]) -> str:
    """Say the kind that speaks against it; nothing where none does."""
    row = rows.get(argued.kind)
    if argued.rests_on.value != "kind" or row is None:
        return ""
    return f"{row.kind}: {row.sentence}"


def _nothing_against(explanation: Explanation, teller: Teller) -> str:
    if explanation.proposal.shows_all:
        return teller.gettext("Nada de lo comparado habla en contra.")
    return teller.gettext("Nada de lo que usted puede leer habla en contra.")


def _what_else(argued: Argued, rows: Mapping[str, Compared], teller: Teller) -> str:
    """Say what could still speak against it."""
    _ = teller.gettext
    row = rows.get(argued.kind)
    match argued.rests_on.value:
        case "others":
            return _("Lo registrado no basta para decidir entre varias propuestas.")
        case "unknown" if row is not None:
            return _(
                "Lo que más podría desmentirlo no se sabe todavía: %(kind)s. Si son dos "
                "personas, se espera que reste %(weight)s en la escala de los pesos."
            ) % {
                "kind": row.kind.lower(),
                "weight": teller.wording.number(abs(argued.log10_lr)),
            }
    return _(
        "Nada de lo que falta cambiaría mucho. Eso no prueba nada: hace falta una prueba que "
        "identifique."
    )


def _others(others: int, teller: Teller) -> str:
    return teller.ngettext(
        "%(num)s propuesta más con uno de estos dos registros encaja igual o mejor.",
        "%(num)s propuestas más con uno de estos dos registros encajan igual o mejor.",
        others,
    ) % {"num": teller.wording.number(others, 0)}
