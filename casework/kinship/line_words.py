"""What the lines of descent and the X say, in words: how much, and what it is not."""

from dataclasses import dataclass

from casework.kinship import sentences
from casework.kinship.gathering import Used
from casework.kinship.lines import Line, LineAsked, compared
from casework.kinship.told import Agreement, LineTold, OnX, Told
from casework.pedigree.kin_words import kin_words
from casework.pedigree.tree import MISSING, Tree
from casework.profiles.presenters import count_words
from casework.profiles.words import KIND_WORDS
from casework.web.described import Teller
from casework.web.languages import marked

LINE_NAMES = {
    Line.PATERNAL.value: marked("Línea del padre (cromosoma Y)"),
    Line.MATERNAL.value: marked("Línea de la madre (ADN mitocondrial)"),
}
WHO_SHARES = {
    Line.PATERNAL.value: marked(
        "Lo tienen también los demás hombres de esa línea: hermanos, tíos y primos por el "
        "padre. No distingue entre ellos."
    ),
    Line.MATERNAL.value: marked(
        "Lo tiene también el resto de esa línea: hermanos y hermanas, tías y tíos por la "
        "madre, hijas e hijos de ellas. No distingue entre ellos."
    ),
}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One person's haplotype beside the remains': which line, and what it says."""

    name: str
    who: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownX:
    """The X chromosome: its ratio in one sentence, and what it is worth."""

    sentence: str
    basis: str


def used_words(used: Used, teller: Teller) -> str:
    """Say whose profile is used, of which markers, how many loci."""
    said = (
        teller.gettext(used.who),
        teller.gettext(KIND_WORDS[used.kind]),
        count_words(used.kind, used.loci, teller),
    )
    return " · ".join(said)


def lines_compared(asked: LineAsked, tree: Tree, teller: Teller) -> tuple[ShownLine, ...]:
    """Say what a line shows before anything is kept."""
    return tuple(line_words(each, tree, teller) for each in compared(asked, tree, None))


def shown_lines(told: Told, tree: Tree, teller: Teller) -> tuple[ShownLine, ...]:
    """Say what was kept of the lines."""
    return tuple(line_words(each, tree, teller) for each in told.lines)


def line_words(told: LineTold, tree: Tree, teller: Teller) -> ShownLine:
    """Put one comparison into words."""
    _ = teller.gettext
    member = next((each for each in tree.members if each.number == told.who), None)
    who = _(kin_words(tree, member)) if member else _("Alguien a quien el árbol no nombra")
    if told.who == MISSING:
        who = _("la muestra propia de quien se busca")
    return ShownLine(
        _(LINE_NAMES.get(told.marker, told.marker)), who, tuple(_sentences(told, teller))
    )


def _sentences(told: LineTold, teller: Teller) -> list[str]:
    _ = teller.gettext
    if told.agreement is Agreement.OTHER_LINE:
        return [_("Es de otra línea: su perfil no dice nada de estos restos.")]
    if told.agreement is Agreement.NOT_COMPARABLE:
        return [_("Los dos perfiles no tienen nada en común que comparar.")]
    if told.agreement is Agreement.DIFFERS:
        return [
            _("No es igual al de los restos: difiere en %(where)s, de %(shared)s.")
            % {"where": ", ".join(told.differing), "shared": _shared(told, teller)},
            _(
                "Una diferencia puede ser una mutación; varias hacen pensar en otra familia. "
                "Aquí no se pesa: lo juzga quien analiza el ADN."
            ),
        ]
    said = [_("Es igual al de los restos en %(shared)s.") % {"shared": _shared(told, teller)}]
    return [*said, *_weight(told, teller), _(WHO_SHARES.get(told.marker, ""))]


def _shared(told: LineTold, teller: Teller) -> str:
    """Say how much was compared."""
    if told.marker == Line.PATERNAL.value:
        said = teller.ngettext(
            "%(num)s locus que los dos tienen", "%(num)s loci que los dos tienen", told.shared
        )
        return said % {"num": told.shared}
    if told.shared < 0:
        return teller.gettext(
            "lo que se leyó (no consta qué tramo de cada uno: pregúntelo al laboratorio)"
        )
    return teller.gettext("%(num)s posiciones que se leyeron en los dos") % {
        "num": teller.wording.number(told.shared, 0)
    }


def _weight(told: LineTold, teller: Teller) -> list[str]:
    """Say what agreement is worth, as a bound; nothing was counted, nothing is said."""
    _, number = teller.gettext, teller.wording.number
    if told.upper is None or told.log10_at_least is None:
        return [
            _(
                "Cuánto vale depende de qué tan común es: falta buscarlo en una base de datos "
                "de haplotipos."
            )
        ]
    said = {
        "count": number(told.count or 0, 0),
        "size": number(told.size or 0, 0),
        "database": told.database or _("sin nombre"),
        "among": sentences.times_words(told.log10_at_least, teller),
    }
    return [
        _(
            "Se vio %(count)s veces entre %(size)s personas de la base «%(database)s»: a lo "
            "más lo tiene 1 de cada %(among)s (límite con 95 %% de confianza)."
        )
        % said,
        _(
            "Los perfiles son al menos %(among)s veces más probables si los restos son de esta "
            "línea que si son de alguien sin parentesco."
        )
        % said,
    ]


def shown_x(on_x: OnX | None, person: str, teller: Teller) -> ShownX | None:
    """Say what the X says, as a result of its own."""
    if on_x is None:
        return None
    told = Told(outcome=on_x.outcome, log10_lr=on_x.log10_lr)
    basis = teller.gettext("%(loci)s loci del cromosoma X, con la tabla %(table)s.") % {
        "loci": len(on_x.loci),
        "table": on_x.frequencies,
    }
    return ShownX(sentences.headline(told, person, teller), basis)
