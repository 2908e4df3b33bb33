"""Groups 12 and 13: fingerprints and DNA.

Prints never leave; only whether a search found something does. Genotypes stay at the
laboratory, so there is no field for them: what is kept says which profile lies where.
A drawn family and what happened to a sample are rows of their own where they are entered; in a
file, and in the copy that is made of it, they are `dna_family` and `dna_custody`.
"""

from functools import partial

from casework.dataset.code_lists.health import (
    DONOR_STATE,
    HAND,
    MARKERS,
    PRINT_METHOD,
    PRINT_OF,
    PRINT_QUALITY,
    PRINT_SYSTEM,
    SAMPLE_HAPPENING,
    SAMPLE_KIND,
    SAMPLE_STATE,
    SEARCH_RESULT,
    TWINS,
    UPLOAD,
)
from casework.dataset.code_lists.known import SEX
from casework.dataset.code_lists.looks import SURE
from casework.dataset.code_lists.people import RELATIONSHIP
from casework.dataset.groups.asked_of import MISSING, NOT_OF_THE_LIVING
from casework.dataset.shape import Field, Group, Kind, Level
from casework.web.languages import marked
from privacy.model import Reveals

_body = partial(Field, reveals=Reveals.BODY, level=Level.RECOMMENDED)
_print = partial(_body, leaves=False, of=NOT_OF_THE_LIVING)
_dna = partial(Field, reveals=Reveals.DNA, level=Level.RECOMMENDED, of=NOT_OF_THE_LIVING)

PRINTS = Group(
    "prints",
    12,
    marked("Huellas"),
    (
        _body(
            "print_records",
            marked("Dónde pueden estar sus huellas"),
            Kind.ENTRIES,
            of=MISSING,
            hint=marked("Donde le tomaron las huellas: cédula, migración, policía."),
            parts=(
                _body("registry", marked("Qué registro"), Kind.CODE, codes=PRINT_SYSTEM),
                _body("country", marked("País"), Kind.COUNTRY),
                _body("likely", marked("Qué tan seguro es"), Kind.CODE, codes=SURE),
            ),
        ),
        _print(
            "prints",
            marked("Huellas tomadas"),
            Kind.ENTRIES,
            parts=(
                _print("hand", marked("Mano o lado"), Kind.CODE, codes=HAND),
                _print("finger", marked("Dedo"), Kind.CODE, codes=PRINT_OF),
                _print("quality", marked("Calidad"), Kind.CODE, codes=PRINT_QUALITY),
                _print("method", marked("Cómo se tomó"), Kind.CODE, codes=PRINT_METHOD),
                _print("taken_by", marked("Quién la tomó"), Kind.TEXT),
                _print("lift_date", marked("Cuándo se tomó"), Kind.DAYS),
                _print("image_ref", marked("Imagen guardada"), Kind.TEXT),
                _print("template_ref", marked("Plantilla guardada"), Kind.TEXT),
            ),
        ),
        _body(
            "print_searches",
            marked("Búsquedas de las huellas"),
            Kind.ENTRIES,
            of=NOT_OF_THE_LIVING,
            parts=(
                _body("system", marked("Qué registro"), Kind.CODE, codes=PRINT_SYSTEM),
                _body("country", marked("País"), Kind.COUNTRY),
                _body("sent_on", marked("Cuándo se envió"), Kind.DAYS),
                _body("result", marked("Resultado"), Kind.CODE, codes=SEARCH_RESULT),
                _body("reference", marked("Número de la búsqueda"), Kind.TEXT),
            ),
        ),
    ),
)

_SAMPLES = _dna(
    "dna_samples",
    marked("Muestras de ADN"),
    Kind.ENTRIES,
    kept_at="samples",
    parts=(
        _dna("sample_id", marked("Código de la muestra"), Kind.TEXT),
        _dna("sample_kind", marked("De qué es la muestra"), Kind.CODE, codes=SAMPLE_KIND),
        _dna("relationship", marked("De qué familiar"), Kind.CODE, codes=RELATIONSHIP),
        _dna("label", marked("Qué dice la etiqueta del tubo o sobre"), Kind.TEXT),
        _dna(
            "element",
            marked("De qué parte: qué hueso, qué diente, qué objeto"),
            Kind.TEXT,
        ),
        _dna("collected_by", marked("Quién la tomó"), Kind.TEXT),
        _dna("place", marked("Dónde se tomó"), Kind.TEXT),
        _dna("date", marked("Cuándo se tomó"), Kind.DAYS),
        _dna("kit", marked("Equipo de toma"), Kind.TEXT),
        _dna("custody", marked("Por qué manos pasó"), Kind.WORDS),
        _dna("laboratory", marked("Laboratorio"), Kind.TEXT),
        _dna("laboratory_country", marked("País del laboratorio"), Kind.COUNTRY),
        _dna("analysis_status", marked("Cómo va"), Kind.CODE, codes=SAMPLE_STATE),
        _dna("retained_where", marked("Dónde se guarda"), Kind.TEXT),
        _dna("destroyed_on", marked("Cuándo se destruyó"), Kind.DAYS),
    ),
)
_CUSTODY = _dna(
    "dna_custody",
    marked("Por qué manos pasaron las muestras"),
    Kind.ENTRIES,
    kept_at="samples",
    parts=(
        _dna("sample_id", marked("Código de la muestra"), Kind.TEXT),
        _dna("what", marked("Qué pasó"), Kind.CODE, codes=SAMPLE_HAPPENING),
        _dna("date", marked("Cuándo"), Kind.DAYS),
        _dna("state", marked("Cómo va"), Kind.CODE, codes=SAMPLE_STATE),
        _dna("from", marked("Quién la entregó"), Kind.TEXT),
        _dna("to", marked("Quién la recibió"), Kind.TEXT),
        _dna("place", marked("Dónde"), Kind.TEXT),
        _dna("seal", marked("Número del sello"), Kind.TEXT),
        _dna("document", marked("Acta o recibo"), Kind.TEXT),
        _dna("note", marked("Algo más"), Kind.TEXT),
        _dna("corrects", marked("Qué anotación corrige"), Kind.TEXT),
    ),
)
_FAMILY = _dna(
    "dna_family",
    marked("Árbol de la familia, sin nombres"),
    Kind.ENTRIES,
    of=MISSING,
    kept_at="pedigree",
    parts=(
        _dna("person", marked("Quién es en el árbol"), Kind.TEXT),
        _dna("mother", marked("Su madre"), Kind.TEXT),
        _dna("father", marked("Su padre"), Kind.TEXT),
        _dna("sex", marked("Sexo"), Kind.CODE, codes=SEX),
        _dna("availability", marked("Cómo va su muestra"), Kind.CODE, codes=DONOR_STATE),
        _dna("sample_id", marked("Código de la muestra"), Kind.TEXT),
        _dna("dead", marked("Falleció"), Kind.YES_NO),
        _dna("born", marked("Año en que nació"), Kind.NUMBERS, bounds=(1850, 2100)),
        _dna("partner_of", marked("Pareja de"), Kind.TEXT),
        _dna("twin_of", marked("Nació junto con"), Kind.TEXT),
        _dna("twins", marked("Gemelos"), Kind.CODE, codes=TWINS),
    ),
)
_PROFILES = _dna(
    "dna_profiles",
    marked("Perfiles de ADN"),
    Kind.ENTRIES,
    hint=marked("Solo qué perfil hay y dónde; el perfil queda en el laboratorio."),
    parts=(
        _dna("profile_id", marked("Código en el laboratorio"), Kind.TEXT),
        _dna("sample_id", marked("Código de la muestra"), Kind.TEXT),
        _dna("laboratory", marked("Laboratorio"), Kind.TEXT),
        _dna("markers", marked("Marcadores"), Kind.CODES, codes=MARKERS),
        _dna("marker_kit", marked("Equipo de análisis"), Kind.TEXT),
        _dna(
            "n_loci",
            marked("Cuántos loci"),
            Kind.NUMBERS,
            unit=marked("loci"),
            bounds=(0, 10_000),
        ),
        _dna("quality", marked("Calidad"), Kind.TEXT),
    ),
)
_COMPARISONS = _dna(
    "dna_comparisons",
    marked("Comparaciones de ADN"),
    Kind.ENTRIES,
    parts=(
        _dna("laboratory", marked("Laboratorio"), Kind.TEXT),
        _dna("date", marked("Fecha"), Kind.DAYS),
        _dna("hypothesis_1", marked("Hipótesis 1"), Kind.TEXT),
        _dna("hypothesis_2", marked("Hipótesis 2"), Kind.TEXT),
        _dna(
            "log10_lr",
            marked("log₁₀ de la razón de verosimilitud"),
            Kind.NUMBERS,
            bounds=(-300, 300),
        ),
        _dna("prior", marked("Probabilidad previa"), Kind.NUMBERS, bounds=(0, 1)),
        _dna("prior_basis", marked("En qué se basa la previa"), Kind.TEXT),
        _dna("posterior", marked("Probabilidad posterior"), Kind.NUMBERS, bounds=(0, 1)),
        _dna("population", marked("Frecuencias de qué población"), Kind.TEXT),
        _dna("mutation_model", marked("Modelo de mutación"), Kind.TEXT),
        _dna("tool", marked("Programa y versión"), Kind.TEXT),
        _dna("report_ref", marked("Número del informe"), Kind.TEXT),
        _dna("signatory", marked("Quién lo firma"), Kind.TEXT),
    ),
)

DNA = Group(
    "dna",
    13,
    marked("ADN"),
    (
        _dna(
            "dna_relatives",
            marked("Familiares que pueden dar su muestra"),
            Kind.ENTRIES,
            of=MISSING,
            kept_at="pedigree",
            parts=(
                _dna("relationship", marked("Relación"), Kind.CODE, codes=RELATIONSHIP),
                _dna("availability", marked("Cómo va"), Kind.CODE, codes=DONOR_STATE),
                _dna("sample_id", marked("Código de la muestra"), Kind.TEXT),
            ),
        ),
        _FAMILY,
        _SAMPLES,
        _CUSTODY,
        _PROFILES,
        _dna(
            "dna_uploads",
            marked("Bancos donde está el perfil"),
            Kind.ENTRIES,
            parts=(
                _dna("profile_id", marked("Código en el laboratorio"), Kind.TEXT),
                _dna("index", marked("Qué banco"), Kind.TEXT),
                _dna("date", marked("Cuándo se envió"), Kind.DAYS),
                _dna("outcome", marked("Resultado"), Kind.CODE, codes=UPLOAD),
                _dna("reason", marked("Motivo"), Kind.TEXT),
            ),
        ),
        _COMPARISONS,
        _dna(
            "also_in_case",
            marked("La muestra sirve también a"),
            Kind.TEXT,
            level=Level.OPTIONAL,
            of=MISSING,
            kept_at="samples",
            hint=marked("Referencias de otras personas de la misma familia."),
        ),
        Field(
            "parentage_note",
            marked("Cuidado al hablar de parentesco"),
            Kind.WORDS,
            Reveals.CONTACT,
            of=MISSING,
            asked_apart=True,
        ),
    ),
    hint=marked(
        "Las muestras, por qué manos pasan y quién de la familia puede dar una se anotan en "
        "sus propias páginas: Muestras y Árbol de la familia."
    ),
)
