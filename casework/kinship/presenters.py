"""What the pages of DNA results are given. Templates receive these, never rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework.candidates.model import MatchingRun
from casework.candidates.queries import Proposal
from casework.kinship import sentences
from casework.kinship.believing import beside_now
from casework.kinship.engine_words import ShownNote, note_words
from casework.kinship.line_words import ShownLine, ShownX, shown_lines, shown_x
from casework.kinship.model import Computed
from casework.kinship.queries import Kept, Pair
from casework.kinship.together import EVEN_LOCUS, ShownTogether, shown_together
from casework.kinship.told import Against, Noted, Otherwise, Outcome, Told
from casework.kinship.weighing import chance_hits
from casework.pedigree.drawing import Chart, Spoken, draw
from casework.pedigree.kin_words import kin_words
from casework.pedigree.tree import MISSING, Tree
from casework.pedigree.written import member_id
from casework.pedigree.written import read_back as read_tree
from casework.web.charts import widest_of
from casework.web.described import Teller
from casework.web.languages import marked
from casework.web.pieces import Fact, NavLink

ALIKE = 2.0
"""Powers of ten within which two explanations are not told apart, as
`matching.kinship.checks.WORTH_A_LOOK`."""

NUMBERS_CLOSED = marked(
    "Los demás indicios están reservados para usted en alguno de los dos registros: por eso "
    "aquí no se multiplican."
)
OTHER_QUESTION = marked(
    "El laboratorio no comparó con «alguien sin parentesco», sino con otra cosa. Ese número no "
    "se multiplica con los demás indicios, que solo conocen lo primero: pídale también el otro."
)
# As `matching.kinship.alternatives` calls the places beside the missing person's.
PLACE_WORDS: Mapping[str, str] = {
    "a full sibling of MP": marked("Si los restos fueran de una hermana o un hermano"),
    "a half-sibling of MP, by the father": marked(
        "Si los restos fueran de una hermana o un hermano por el padre"
    ),
    "a half-sibling of MP, by the mother": marked(
        "Si los restos fueran de una hermana o un hermano por la madre"
    ),
    "an uncle or aunt of MP, by the father": marked(
        "Si los restos fueran de una tía o un tío por el padre"
    ),
    "an uncle or aunt of MP, by the mother": marked(
        "Si los restos fueran de una tía o un tío por la madre"
    ),
    "a child of MP": marked("Si los restos fueran de una hija o un hijo de quien se busca"),
}
FACT_WORDS: Mapping[str, str] = {
    "laboratory": marked("Laboratorio"),
    "report": marked("Número del informe"),
    "reported_on": marked("Fecha del informe"),
    "signatory": marked("Quién lo firma"),
    "software": marked("Programa y versión"),
    "frequencies": marked("Frecuencias de qué población"),
    "theta": marked("Theta (parentesco de fondo en la población)"),
    "mutation": marked("Modelo de mutación"),
    "typed_words": marked("De quiénes se usó el perfil"),
    "report_sha256": marked("Huella del informe (SHA-256)"),
    "remark": marked("Algo más"),
}


@dataclass(frozen=True, slots=True)
class ShownLocus:
    """One locus: its ratio as a bar, and in words."""

    name: str
    log10_lr: float | None
    words: str
    is_alike: bool = False  # so near to the result that the DNA does not tell them apart


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownResult:
    """Everything that is said of one result."""

    number: int
    href: str
    headline: str
    strength: str
    misread: tuple[str, ...]
    is_withdrawn: bool
    is_replaced: bool
    why_anew: str
    made: str
    together: ShownTogether | None
    why_not_together: str
    chart: Chart | None
    hypotheses: tuple[str, str]
    loci: tuple[ShownLocus, ...]
    widest: float
    facts: tuple[Fact, ...]
    assumptions: tuple[ShownNote, ...]
    warnings: tuple[ShownNote, ...]
    lines: tuple[ShownLine, ...]
    on_x: ShownX | None
    alternatives: tuple[ShownLocus, ...]
    sensitivity: tuple[ShownLocus, ...]
    could_be_wrong: tuple[str, ...]
    twice: tuple[str, ...]
    comparisons: str
    by_chance: str


def shown_result(
    pair: Pair, kept: Kept, run: MatchingRun, teller: Teller, *, entered_by: str
) -> ShownResult:
    """Put one result into words, beside what is believed of the pair today."""
    told, person = kept.told, pair.proposal.person.reference
    found = beside_now(pair, told, run)
    return ShownResult(
        number=kept.result.id,
        href=f"/pairings/{pair.proposal.pairing.id}/dna/{kept.result.id}",
        headline=sentences.headline(told, person, teller),
        strength=sentences.strength_sentence(told, teller),
        misread=sentences.misread(told, teller),
        is_withdrawn=kept.is_withdrawn,
        is_replaced=kept.is_replaced,
        why_anew=told.why_anew,
        made=_made(kept, teller, entered_by),
        together=shown_together(found, pair, kept, run, teller=teller) if found else None,
        why_not_together=teller.gettext(_why_not(told)) if found is None else "",
        chart=_chart(told, teller),
        hypotheses=_hypotheses(told, person, teller),
        loci=tuple(
            ShownLocus(each.name, each.log10_lr, locus_words(each.log10_lr, teller))
            for each in told.loci
        ),
        widest=widest_of([each.log10_lr for each in told.loci]),
        facts=_facts(told, teller),
        assumptions=_notes(told.assumptions, told, teller),
        warnings=_notes(
            (*told.warnings, *(told.on_x.warnings if told.on_x else ())), told, teller
        ),
        lines=shown_lines(told, _tree_of(told), teller),
        on_x=shown_x(told.on_x, person, teller),
        alternatives=_otherwise(told.alternatives, told, teller),
        sensitivity=_otherwise(told.sensitivity, told, teller),
        could_be_wrong=could_be_wrong(told, teller),
        twice=sentences.twice_sentences(told, found, teller),
        comparisons=sentences.comparisons_sentence(told, teller),
        by_chance=_by_chance(told, teller),
    )


def _notes(notes: Sequence[Noted], told: Told, teller: Teller) -> tuple[ShownNote, ...]:
    """Put the engine's notes into words, people as the tree of that day calls them."""
    tree = _tree_of(told)
    return tuple(note_words(each, tree, teller) for each in notes)


def _tree_of(told: Told) -> Tree:
    return read_tree(told.tree) if told.tree else Tree()


def _by_chance(told: Told, teller: Teller) -> str:
    """Say at once where chance alone would give such a number in a search like that one."""
    if told.comparisons is None or told.log10_lr is None:
        return ""
    is_likely = chance_hits(told.log10_lr, told.comparisons) >= 1
    return sentences.comparisons_sentence(told, teller) if is_likely else ""


def _why_not(told: Told) -> str:
    if told.log10_lr is None:
        return ""
    return OTHER_QUESTION if told.against is Against.OTHER else NUMBERS_CLOSED


def locus_words(log10_lr: float | None, teller: Teller) -> str:
    """Say what one ratio does to the total."""
    _ = teller.gettext
    if log10_lr is None:
        return _("no puede darse si son esos restos, sin mutación ni error")
    if abs(log10_lr) < EVEN_LOCUS:
        return _("no inclina")
    said = {"times": sentences.times_words(log10_lr, teller)}
    if log10_lr > 0:
        return _("%(times)s veces a favor") % said
    return _("%(times)s veces en contra") % said


def _otherwise(rows: Sequence[Otherwise], told: Told, teller: Teller) -> tuple[ShownLocus, ...]:
    """Say each against "unrelated", as the result itself is."""
    return tuple(
        ShownLocus(
            _what_otherwise(each.what, told, teller),
            each.log10_lr,
            locus_words(each.log10_lr, teller),
            is_alike=is_alike(each.log10_lr, told.log10_lr),
        )
        for each in rows
    )


def is_alike(other: float | None, own: float | None) -> bool:
    """Say whether another place in the family explains the profiles nearly as well."""
    return other is not None and own is not None and own > ALIKE and other > own - ALIKE


def _what_otherwise(what: str, told: Told, teller: Teller) -> str:
    _ = teller.gettext
    if what in PLACE_WORDS:
        return _(PLACE_WORDS[what])
    name, _blank, value = what.partition(" ")
    if name == "theta":
        return _("Con theta %(theta)s") % {"theta": value}
    tree = read_tree(told.tree)
    found = next((each for each in tree.members if member_id(each.number) == what), None)
    who = _(kin_words(tree, found)) if found else what
    return _("Si los restos fueran de otra persona del árbol: %(who)s") % {"who": who}


def _hypotheses(told: Told, person: str, teller: Teller) -> tuple[str, str]:
    _ = teller.gettext
    first = _(
        "Estos restos son de la persona desaparecida %(person)s, con el parentesco que dice el "
        "árbol de su familia."
    )
    second = _("Estos restos %(other)s.")
    return (
        first % {"person": person},
        second % {"other": sentences.against_words(told, teller)},
    )


def _chart(told: Told, teller: Teller) -> Chart | None:
    """Draw the family as it stood that day, filled where a profile was used; no names."""
    if not told.tree:
        return None
    tree = read_tree(told.tree)
    spoken = {each.number: _spoken(tree, each.number, told, teller) for each in tree.members}
    return draw(tree, spoken, sampled=told.typed)


def _spoken(tree: Tree, number: int, told: Told, teller: Teller) -> Spoken:
    _ = teller.gettext
    kin = _(kin_words(tree, tree.member(number)))
    if number == MISSING:
        return Spoken("", _("a quien se busca"), kin[:1].upper() + kin[1:])
    used = _("se usó su perfil") if number in told.typed else _("no se usó su perfil")
    return Spoken("", kin, f"{kin[:1].upper() + kin[1:]}; {used}")


def _facts(told: Told, teller: Teller) -> tuple[Fact, ...]:
    return tuple(
        Fact(teller.gettext(label), _said(name, getattr(told, name), teller))
        for name, label in FACT_WORDS.items()
        if getattr(told, name)
    )


def _said(name: str, value: str, teller: Teller) -> str:
    if name == "mutation":  # the engine's own word for how it counts; a laboratory's stays
        return value.replace("proportional", teller.gettext("proporcional"))
    return teller.wording.typed_day(value) if name == "reported_on" else value


def _made(kept: Kept, teller: Teller, entered_by: str) -> str:
    _ = teller.gettext
    said = {"when": teller.wording.instant(kept.result.entered_at), "who": entered_by}
    if kept.result.computed is Computed.REGISTRY:
        return _("Lo calculó reunir el %(when)s, a petición de %(who)s.") % said
    return _("Lo calculó el laboratorio; lo anotó %(who)s el %(when)s.") % said


def could_be_wrong(told: Told, teller: Teller) -> tuple[str, ...]:
    """Say what would mislead whoever believes the number."""
    _ = teller.gettext
    said = []
    if told.outcome in {Outcome.EXCLUDES, Outcome.UNDECIDED}:
        said.append(
            _(
                "Una mutación, un alelo que el equipo no ve, o una señal que se perdió en los "
                "restos: basta una para que un locus parezca descartar."
            )
        )
    said += [
        _(
            "Otra persona de la familia: un hermano o una hermana de quien se busca, de quien "
            "nadie avisó, puede dar un número igual de grande."
        ),
        _(
            "El árbol: si alguien no es hijo o hija de quien la familia dice, o hay una "
            "adopción, el número cambia mucho, a favor o en contra."
        ),
        _(
            "Las muestras: dos tubos cambiados, o restos contaminados con el perfil de quien "
            "los tocó."
        ),
        _(
            "La población: si las frecuencias son de otra gente que la de esta familia, el "
            "número sale más grande o más pequeño de lo debido."
        ),
    ]
    if not told.theta.strip() or told.theta.strip() in {"0", "0.0", "0,0"}:
        said.append(
            _(
                "El parentesco de fondo (theta): no consta, o es 0. En comunidades pequeñas el "
                "número sale entonces demasiado grande."
            )
        )
    return tuple(said)


def trail_of(proposal: Proposal, teller: Teller, further: str = "") -> tuple[NavLink, ...]:
    """Lead from the proposals to what DNA says of one, and to a page beyond it."""
    comparison = f"/pairings/{proposal.pairing.id}"
    there = (
        NavLink(teller.gettext("Propuestas"), "/pairings"),
        NavLink(f"{proposal.person.reference} · {proposal.remains.reference}", comparison),
    )
    own = teller.gettext("ADN")
    if not further:
        return (*there, NavLink(own, "", is_current=True))
    return (*there, NavLink(own, f"{comparison}/dna"), NavLink(further, "", is_current=True))
