"""What a result of DNA means, in sentences that cannot be turned round.

A ratio compares what was seen under two explanations; it is never the probability of one of
them. Every sentence with a ratio says "the profiles are so many times more probable if …", and
none says "it is so many times more probable that …" (Evett 1995, on the transposed conditional;
remembered).
"""

import math

from casework.kinship.told import Against, Outcome, SexIn, Told
from casework.kinship.weighing import Beside, Strength, chance_hits, strength_of
from casework.web.described import Teller
from casework.web.languages import marked

STRENGTH_WORDS = {
    Strength.NONE: marked("no apoya a ninguna de las dos"),
    Strength.WEAK: marked("apoyo débil"),
    Strength.MODERATE: marked("apoyo moderado"),
    Strength.MODERATELY_STRONG: marked("apoyo moderadamente fuerte"),
    Strength.STRONG: marked("apoyo fuerte"),
    Strength.VERY_STRONG: marked("apoyo muy fuerte"),
    Strength.EXTREMELY_STRONG: marked("apoyo extremadamente fuerte"),
}
EVEN_BELOW = math.log10(2)  # ENFSI's scale begins at 2
A_MILLIONTH = 1e-6
WRITTEN_OUT = 9.0  # powers of ten up to which a number is written with its digits
SUREST = 4.0
"""Powers of ten beyond which nothing is told apart: neither the prior nor the other evidence is
known so well, and a laboratory exchanges a tube more often than that; our choice."""


def times_words(log10_ratio: float, teller: Teller) -> str:
    """Write how many times, with two digits; a very large number by its zeros."""
    size = abs(log10_ratio)
    if size < WRITTEN_OUT:
        return teller.wording.number(_two_digits(10**size), 1 if size < 1 else 0)
    return teller.gettext("10^%(zeros)s (un 1 seguido de unos %(zeros)s ceros)") % {
        "zeros": round(size)
    }


def against_words(told: Told, teller: Teller) -> str:
    """Say what the remains are otherwise, as it follows on "if"."""
    if told.against is Against.OTHER:
        return told.against_words
    return teller.gettext("son de alguien sin parentesco con esa familia")


def headline(told: Told, person: str, teller: Teller) -> str:
    """Say in one sentence what the DNA says."""
    _ = teller.gettext
    said = {"person": person, "other": against_words(told, teller)}
    if told.outcome is Outcome.EXCLUDES:
        return (
            _(
                "Con lo que se supuso, los perfiles de ADN no pueden darse si estos restos son "
                "de la persona desaparecida %(person)s."
            )
            % said
        )
    if told.outcome is Outcome.NO_NUMBER:
        return _(
            "No se calculó un número con los loci usuales: se compararon solo las líneas del "
            "padre o de la madre, o el cromosoma X. Lo que dicen está en el resultado entero."
        )
    if told.log10_lr is None:
        return _(
            "El ADN no da un número: lo visto en unos loci descarta una explicación, y lo "
            "visto en otros, la otra. Casi siempre hay un error que buscar."
        )
    if abs(told.log10_lr) < EVEN_BELOW:
        return (
            _(
                "Los perfiles de ADN son casi igual de probables si estos restos son de la "
                "persona desaparecida %(person)s que si %(other)s: no inclinan la balanza."
            )
            % said
        )
    said["times"] = times_words(told.log10_lr, teller)
    if told.log10_lr > 0:
        sentence = _(
            "Los perfiles de ADN son unas %(times)s veces más probables si estos restos son de "
            "la persona desaparecida %(person)s que si %(other)s."
        )
    else:
        sentence = _(
            "Los perfiles de ADN son unas %(times)s veces menos probables si estos restos son "
            "de la persona desaparecida %(person)s que si %(other)s."
        )
    return sentence % said


def strength_sentence(told: Told, teller: Teller) -> str:
    """Say it in the words of the scale; empty where there is no number."""
    _ = teller.gettext
    if told.log10_lr is None:
        return ""
    strength = strength_of(told.log10_lr)
    words = _(STRENGTH_WORDS[strength])
    if strength is Strength.NONE:
        sentence = _("En palabras de la escala europea (ENFSI, 2015), lo visto %(words)s.")
    elif told.log10_lr > 0:
        sentence = _(
            "En palabras de la escala europea (ENFSI, 2015), lo visto da %(words)s a la "
            "primera explicación (son sus restos) frente a la segunda."
        )
    else:
        sentence = _(
            "En palabras de la escala europea (ENFSI, 2015), lo visto da %(words)s a la "
            "segunda explicación (no lo son) frente a la primera."
        )
    return sentence % {"words": words}


def misread(told: Told, teller: Teller) -> tuple[str, ...]:
    """Say what the number does not say, in the very words in which it is misquoted."""
    excluded = told.outcome is Outcome.EXCLUDES
    if excluded or told.log10_lr is None or abs(told.log10_lr) < EVEN_BELOW:
        return ()
    said = {"times": times_words(told.log10_lr, teller)}
    _ = teller.gettext
    if told.log10_lr < 0:
        return (
            _("No diga: «es %(times)s veces menos probable que sean sus restos».") % said,
            _("No diga: «el ADN descarta que sean sus restos»."),
        )
    return (
        _("No diga: «es %(times)s veces más probable que sean sus restos».") % said,
        _("No diga: «hay una posibilidad entre %(times)s de que sean de otra persona».") % said,
    )


def odds_words(log10_odds: float, teller: Teller) -> str:
    """Say odds as people bet: so many against one."""
    size = times_words(log10_odds, teller)
    if abs(log10_odds) < math.log10(1.05):
        return teller.gettext("1 a favor por 1 en contra")
    if log10_odds > 0:
        return teller.gettext("%(size)s a favor por 1 en contra") % {"size": size}
    return teller.gettext("1 a favor por %(size)s en contra") % {"size": size}


def total_words(found: Beside, teller: Teller) -> str:
    """Say the odds of all together, with a bound where they are beyond what is known."""
    if abs(found.log10_odds) <= SUREST:
        return odds_words(found.log10_odds, teller)
    bound = {"size": teller.wording.number(10**SUREST, 0)}
    if found.log10_odds > 0:
        return teller.gettext("más de %(size)s a favor por 1 en contra") % bound
    return teller.gettext("1 a favor por más de %(size)s en contra") % bound


def probability_words(found: Beside, teller: Teller) -> str:
    """Write the posterior with as many digits as tell it from certainty, and no more."""
    return _probability(found.posterior, found.log10_odds, teller)


def posterior_words(posterior: float, teller: Teller) -> str:
    """Write a posterior of which only the share was kept, from 0 to 1, in the same way."""
    if 0 < posterior < 1:
        return _probability(posterior, math.log10(posterior / (1 - posterior)), teller)
    return _probability(posterior, math.inf if posterior else -math.inf, teller)


def _probability(posterior: float, log10_odds: float, teller: Teller) -> str:
    _, wording = teller.gettext, teller.wording
    if log10_odds > SUREST:
        return _("más de %(share)s") % {"share": _percent(1 - 10**-SUREST, 2, teller)}
    if log10_odds < -SUREST:
        return _("menos de %(share)s") % {"share": _percent(10**-SUREST, 2, teller)}
    digits = max(0, math.ceil(abs(log10_odds)) - 1)
    if digits <= 1:
        return wording.share(posterior)
    return _percent(posterior, digits, teller)


def counted_words(found: Beside, teller: Teller) -> str:
    """Say a posterior as people count: of so many pairs like this one, so many."""
    _ = teller.gettext
    size = min(max(2, math.ceil(abs(found.log10_odds)) + 1), int(SUREST))
    among = 10**size
    said = {"among": teller.wording.number(among, 0)}
    if found.log10_odds > SUREST:
        return (
            _("De cada %(among)s pares así se espera menos de uno que no sea la misma persona.")
            % said
        )
    if found.log10_odds < -SUREST:
        return (
            _("De cada %(among)s pares así se espera menos de uno que sea la misma persona.")
            % said
        )
    said["true"] = teller.wording.number(round(found.posterior * among), 0)
    said["false"] = teller.wording.number(round(found.doubt * among), 0)
    return (
        _(
            "De cada %(among)s pares con estos mismos números se espera que unos %(true)s sean "
            "la misma persona y unos %(false)s no."
        )
        % said
    )


def threshold_sentence(found: Beside, teller: Teller) -> str:
    """Say whether the bar of the rules is reached, and that it decides nothing by itself."""
    share = _percent(0.9995, 2, teller)
    if found.reaches_threshold:
        return teller.gettext(
            "Alcanza el %(share)s que piden las reglas. Ningún número identifica a nadie: "
            "deciden personas de las dos instituciones, con todo lo demás que las reglas piden."
        ) % {"share": share}
    return teller.gettext(
        "No alcanza el %(share)s que piden las reglas. Eso no descarta a nadie: dice que así "
        "no basta. Ningún número identifica a nadie: deciden personas de las dos instituciones."
    ) % {"share": share}


def comparisons_sentence(told: Told, teller: Teller) -> str:
    """Say in how many comparisons the pair came up, and what chance would do in them."""
    _ = teller.gettext
    if told.comparisons is None:
        return _(
            "No se sabe en cuántas comparaciones salió este par. Cuanto más se compara, más se "
            "parecen algunos por azar: pregúntelo al laboratorio."
        )
    said = {"count": teller.wording.number(told.comparisons, 0)}
    if told.comparisons == 1:
        return _("Se comparó solo este par; no salió de una búsqueda entre muchos.")
    if told.log10_lr is None:
        return _("Salió de una búsqueda con %(count)s comparaciones.") % said
    hits = chance_hits(told.log10_lr, told.comparisons)
    said["hits"] = _hits_words(hits, teller)
    return (
        _(
            "Salió de una búsqueda con %(count)s comparaciones. Pares de gente sin parentesco "
            "que llegarían por puro azar a un número así: %(hits)s."
        )
        % said
    )


def _hits_words(hits: float, teller: Teller) -> str:
    said = teller.wording.number(_two_digits(hits), 0 if hits >= 10 else 1)  # noqa: PLR2004
    if hits >= 1:
        return teller.gettext("%(count)s como mucho") % {"count": said}
    one_in = teller.wording.number(_two_digits(1 / hits), 0) if hits > A_MILLIONTH else ""
    if not one_in:
        return teller.gettext("menos de uno en un millón de búsquedas así")
    return teller.gettext("uno en cada %(count)s búsquedas así, como mucho") % {"count": one_in}


def twice_sentences(told: Told, found: Beside | None, teller: Teller) -> tuple[str, ...]:
    """Say what might count twice, and what was done so that it does not."""
    _ = teller.gettext
    sex = {
        SexIn.LEFT_OUT: _(
            "El sexo cuenta una sola vez, con los demás indicios: el total del ADN no lo lleva."
        ),
        SexIn.TAKEN_OUT: _(
            "El sexo cuenta una sola vez, con los demás indicios: la amelogenina se quitó del "
            "total que mandó el laboratorio."
        ),
        SexIn.INCLUDED: _(
            "El sexo cuenta una sola vez, con el ADN: el total del laboratorio lo lleva y no "
            "se puede quitar, así que se dejó fuera de los demás indicios."
        ),
        SexIn.UNKNOWN: _(
            "El informe no dice si su total lleva el sexo. Por eso el sexo no cuenta a favor "
            "entre los demás indicios; en contra sí. Pregúntelo al laboratorio."
        ),
    }[told.sex]
    said = [sex] if found else []
    if found and "outside" in found.left_out:
        said.append(
            _(
                "Lo que halló otro sistema de comparación no cuenta aquí: puede ser este mismo "
                "ADN."
            )
        )
    if told.knows_kin_by_dna:
        said.append(
            _(
                "Algún parentesco del árbol se supo por ADN de estas mismas personas: ese ADN "
                "no puede servir otra vez como prueba de él."
            )
        )
    said.append(
        _(
            "Si por el ADN se puso a estas dos personas en el mismo grupo o incidente, el "
            "indicio «Incidente y compañía» repite lo que dice el ADN."
        )
    )
    return tuple(said)


def _percent(share: float, digits: int, teller: Teller) -> str:
    """Write a percentage with so many decimals; cut, so that nothing becomes a whole 100."""
    cut = math.floor(share * 10 ** (digits + 2) + 1e-6) / 10 ** (digits + 2)
    return teller.wording.percent(cut, digits)


def _two_digits(number: float) -> float:
    """Keep two digits: more would claim a precision that no frequency table has."""
    return round(number, 1 - math.floor(math.log10(number)))
