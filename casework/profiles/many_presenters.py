"""What the page of a file with many records is given. Templates receive these, never rows."""

from dataclasses import dataclass, field

from casework.profiles.bringing import Kept
from casework.profiles.many import Obstacle, Row
from casework.profiles.presenters import ShownLocus, shown_specimen
from casework.samples.presenters import donor_words
from casework.samples.queries import REMAINS
from casework.web.described import Teller
from casework.web.languages import marked

OBSTACLE_WORDS = {
    Obstacle.UNKNOWN: marked("Ninguna muestra de su institución lleva ese número."),
    Obstacle.TWICE: marked(
        "El archivo trae dos perfiles con este número: pregunte al laboratorio cuál vale."
    ),
    Obstacle.CLOSED: marked("El ADN de ese expediente no está abierto para usted."),
    Obstacle.NO_CONSENT: marked(
        "Quien dio la muestra no autoriza hoy que se compare su ADN: el perfil no se guarda."
    ),
    Obstacle.NOTHING: marked("No trae ningún locus que se pueda leer."),
    Obstacle.HAS_PROFILE: marked(
        "La muestra ya tiene un perfil de esos marcadores. Para reemplazarlo, márquelo y diga "
        "abajo por qué."
    ),
}
NOT_CHOSEN = marked("No se marcó para guardar.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """One specimen of the file: whose it is, what was read, and what becomes of it."""

    number: int
    name: str
    record: str
    href: str
    sample: str
    whose: str
    told: str
    loci: tuple[ShownLocus, ...] = field(repr=False)
    remarks: tuple[str, ...] = field(repr=False)
    left_out: int
    problems: tuple[str, ...]
    was_kept: bool
    can_be_chosen: bool
    is_chosen: bool
    is_unknown: bool


def shown_row(
    row: Row,
    number: int,
    teller: Teller,
    *,
    result: Kept | None = None,
    is_chosen: bool | None = None,
) -> ShownRow:
    """Put one row into words; `is_chosen` is None where nobody has chosen yet."""
    rack, sample = row.rack, row.sample
    specimen = shown_specimen(
        row.brought, teller, of_remains=rack is not None and rack.side is REMAINS, result=result
    )
    was_kept = result is not None and result.kept > 0
    can_be_chosen = not was_kept and (row.obstacle is None or row.obstacle.can_be_overcome)
    reference = rack.case.reference if rack else ""
    return ShownRow(
        number=number,
        name=specimen.name,
        record=reference,
        href=f"/{rack.side.register}/{reference}/profiles" if rack else "",
        sample=sample.reference if sample else "",
        whose=donor_words(rack, sample, teller) if rack and sample else "",
        told=specimen.told,
        loci=specimen.loci,
        remarks=specimen.remarks,
        left_out=sum(each.remark.leaves_out for each in row.brought.assembled.noticed),
        problems=_problems(row, specimen.refusals, teller, was_kept=was_kept, result=result),
        was_kept=was_kept,
        can_be_chosen=can_be_chosen,
        is_chosen=can_be_chosen and (row.obstacle is None if is_chosen is None else is_chosen),
        is_unknown=row.obstacle is Obstacle.UNKNOWN,
    )


def _problems(
    row: Row,
    refusals: tuple[str, ...],
    teller: Teller,
    *,
    was_kept: bool,
    result: Kept | None,
) -> tuple[str, ...]:
    """Say why a row was not kept, or cannot be."""
    if refusals or was_kept:
        return refusals
    if row.obstacle is not None:
        return (teller.gettext(OBSTACLE_WORDS[row.obstacle]),)
    return (teller.gettext(NOT_CHOSEN),) if result is not None else ()


def counted_words(kept: int, teller: Teller) -> str:
    """Say how many specimens were kept."""
    if not kept:
        return teller.gettext("No se guardó nada: cada renglón dice por qué.")
    said = teller.ngettext(
        "Se guardó %(num)s muestra del archivo.",
        "Se guardaron %(num)s muestras del archivo.",
        kept,
    )
    return said % {"num": kept}
