"""What the engine assumed and warns of, in words for people who do not compute.

The engine gives a code with values beside its English (`matching.kinship.sentence`). What has
no code, being older than the codes, is shown as it was said, marked as English.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from casework.kinship.told import Noted
from casework.pedigree.kin_words import kin_words
from casework.pedigree.tree import MISSING, Tree
from casework.pedigree.written import member_id
from casework.web.described import Teller
from casework.web.languages import marked

ASSUMED: Mapping[str, str] = {
    "of_the_family": marked(
        "Se comparan dos explicaciones: los restos son de quien se busca, en el lugar que le "
        "toca en el árbol; o son de alguien sin parentesco con la familia, de la misma "
        "población."
    ),
    "of_one_person": marked(
        "Se comparan dos explicaciones: el perfil de los restos y el de la muestra propia de "
        "quien se busca son de una sola persona; o son de dos personas sin parentesco, de la "
        "misma población."
    ),
    "two_pedigrees": marked("Se comparan dos árboles de la misma familia."),
    "as_the_tree_says": marked(
        "Cada persona con perfil es quien el árbol dice, y sus padres son los que ahí están."
    ),
    "table": marked("Qué tan común es cada alelo se tomó de la tabla «%(table)s»."),
    "no_theta": marked(
        "Las personas sin padres en el árbol no son parientes entre sí, y son de una misma "
        "población (theta 0)."
    ),
    "theta": marked(
        "Las personas sin padres en el árbol, y la que no es pariente, son de una misma "
        "comunidad donde todas comparten algo de parentesco lejano (theta %(theta)s)."
    ),
    "no_mutation": marked(
        "Ningún alelo cambia al pasar de padres a hijos: uno que no se pudo heredar descarta "
        "por sí solo."
    ),
    "mutation_equal": marked(
        "Un alelo puede cambiar al pasar de padres a hijos (mutación), en cada locus: "
        "%(male)s si viene del padre, %(female)s si viene de la madre. Cambia a cualquier otro "
        "por igual."
    ),
    "mutation_proportional": marked(
        "Un alelo puede cambiar al pasar de padres a hijos (mutación), en cada locus: "
        "%(male)s si viene del padre, %(female)s si viene de la madre. Cambia más a los que "
        "son comunes."
    ),
    "mutation_stepwise": marked(
        "Un alelo puede cambiar al pasar de padres a hijos (mutación), en cada locus: "
        "%(male)s si viene del padre, %(female)s si viene de la madre. Cambia más al vecino, "
        "con una repetición más o menos."
    ),
    "own_rates": marked("En estos loci la mutación tiene su propia tasa: %(loci)s."),
    "frequencies_drift": marked(
        "Con este modelo de mutación los alelos se vuelven un poco más o menos comunes de una "
        "generación a otra; quien no tiene perfil ni padres en el árbol los tiene como en la "
        "tabla."
    ),
    "untyped_founder": marked(
        "De quien el árbol no nombra se supone que no tiene perfil ni otros hijos."
    ),
    "silent": marked(
        "En cada locus puede haber un alelo que el equipo no ve (frecuencia %(share)s): donde "
        "se ve uno solo, puede haber dos."
    ),
    "dropout": marked(
        "Cada alelo de los restos pudo perderse al analizarlos, con probabilidad %(share)s."
    ),
    "dropin": marked(
        "En cada locus de los restos pudo aparecer un alelo que no es suyo, con probabilidad "
        "%(share)s."
    ),
    "x_unlinked": marked(
        "Los loci del cromosoma X se toman como si cada uno se heredara por su lado; un hombre "
        "tiene una sola copia, la de su madre."
    ),
    "loci_independent": marked("Cada locus se hereda por su lado: por eso se multiplican."),
    "near_each_other": marked(
        "%(one)s y %(other)s están cerca uno del otro y suelen heredarse juntos, pero se toman "
        "como los demás. Entre padres e hijos casi no importa; entre hermanos, tíos o primos "
        "el número puede salir algo distinto."
    ),
}
WARNED: Mapping[str, str] = {
    "spelt_otherwise": marked(
        "%(written)s se leyó como %(locus)s, que es como lo escribe la tabla «%(table)s»."
    ),
    "scaled": marked(
        "En la tabla «%(table)s» las frecuencias de %(locus)s no suman 1, sino %(total)s: se "
        "ajustaron un poco para que sumen 1."
    ),
    "another_sex": marked(
        "%(who)s: consta como %(sex)s, y su ADN (%(locus)s: %(alleles)s) muestra %(shown)s. "
        "Busque una muestra cambiada, un dato mal anotado o una señal que se perdió. El sexo "
        "no entra en este número."
    ),
    "not_listed": marked("%(who)s: hay un perfil, y no se usó."),
    "nothing_typed": marked(
        "%(who)s: su perfil no tiene ningún locus de los que se usan, así que no dice nada."
    ),
    "no_frequencies": marked(
        "%(locus)s no está en la tabla «%(table)s» y nadie lo tiene: quedó fuera."
    ),
    "loci_left_out": marked(
        "No se usaron estos loci, porque los restos no los tienen o la tabla no dice qué tan "
        "comunes son sus alelos: %(loci)s."
    ),
    "nothing_in_common": marked(
        "Los restos y la familia no tienen ningún locus en común: esto no dice nada de si son "
        "parientes."
    ),
    "excluded_by_first": marked(
        "En %(loci)s, lo visto no puede darse si son los restos de esta persona, con lo que se "
        "supuso. Lo cambiaría una mutación, un alelo que el equipo no ve o uno que se perdió: "
        "mírelo primero."
    ),
    "excluded_by_second": marked(
        "En %(loci)s, lo visto no puede darse si son de alguien sin parentesco, con lo que se "
        "supuso. Lo cambiaría una mutación, un alelo que el equipo no ve o uno que se perdió: "
        "mírelo primero."
    ),
    "no_total": marked(
        "Unos loci descartan una explicación y otros descartan la otra: por eso no hay total."
    ),
}
REFUSED: Mapping[str, str] = {
    "typed_without_frequencies": marked(
        "%(who)s tiene el locus %(locus)s (%(alleles)s), y la tabla «%(table)s» no dice qué "
        "tan comunes son sus alelos. Elija otra tabla."
    ),
    "locus_twice": marked(
        "%(who)s tiene el locus %(locus)s dos veces, una escrita %(written)s (%(alleles)s). "
        "Anote el perfil de nuevo con uno solo."
    ),
    "half_empty": marked(
        "%(who)s: en %(locus)s falta uno de los dos alelos (%(alleles)s). Si los dos son "
        "iguales, el laboratorio escribe el mismo dos veces; si uno se perdió, deje el locus "
        "fuera."
    ),
    "too_many_alleles": marked(
        "%(who)s muestra demasiados alelos en %(locus)s (%(alleles)s). Puede ser una mezcla de "
        "dos personas o una contaminación: pregunte al laboratorio."
    ),
    "not_two_alleles": marked(
        "%(who)s no tiene dos alelos en %(locus)s (%(alleles)s). Si los dos son iguales, el "
        "laboratorio escribe el mismo dos veces; si uno se perdió, deje el locus fuera."
    ),
    "allele_not_in_table": marked(
        "%(who)s tiene el alelo %(allele)s en %(locus)s, y la tabla no lo conoce (va de "
        "%(first)s a %(last)s). Revise el perfil; si está bien, pida al laboratorio una tabla "
        "que diga con qué frecuencia cuenta los alelos que nadie había visto."
    ),
    "nothing_to_weigh": marked(
        "%(who)s: su perfil no tiene ningún locus que esté también en la tabla."
    ),
}
WORDS: Mapping[str, str] = {**ASSUMED, **WARNED, **REFUSED}
_SEXES = {"female": marked("mujer"), "male": marked("hombre")}
_RATES = frozenset({"male", "female"})


@dataclass(frozen=True, slots=True)
class ShownNote:
    """One sentence; `is_english` where it is the engine's own, older than its codes."""

    words: str
    is_english: bool = False


def note_words(noted: Noted, tree: Tree, teller: Teller) -> ShownNote:
    """Say what the engine said, to who reads the page; people by their place in the family."""
    sentence = WORDS.get(noted.code)
    if sentence is None:
        return ShownNote(noted.english, is_english=True)
    said = {name: _said(name, value, tree, teller) for name, value in noted.values.items()}
    return ShownNote(teller.gettext(sentence) % said)


def _said(name: str, value: str | float, tree: Tree, teller: Teller) -> str:
    if name in _RATES and isinstance(value, int | float):
        return _rate(value, teller)
    if isinstance(value, int | float):
        return f"{value:.6g}"
    if value in _SEXES:
        return teller.gettext(_SEXES[value])
    return _person(value, tree, teller) if name == "who" else value


def _rate(rate: float, teller: Teller) -> str:
    """Say a chance as people count: so many times of so many."""
    among = 1_000 if rate >= 0.001 else 10_000  # noqa: PLR2004 - as laboratories say them
    return teller.gettext("%(count)s de cada %(among)s veces") % {
        "count": f"{rate * among:.3g}",
        "among": teller.wording.number(among, 0),
    }


def _person(who: str, tree: Tree, teller: Teller) -> str:
    """Name somebody by their place. `MP` is where the remains are put, beside an own sample."""
    _ = teller.gettext
    if who == member_id(MISSING):
        return _("Los restos, o la muestra propia de quien se busca")
    found = next((each for each in tree.members if member_id(each.number) == who), None)
    if found is None:
        return _("Alguien a quien el árbol no nombra")
    kin = _(kin_words(tree, found))
    return kin[:1].upper() + kin[1:]
