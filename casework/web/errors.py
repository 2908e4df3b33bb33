"""The one table that turns refusals into answers: a status, a title and a sentence each."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field

from casework.errors import (
    Conflict,
    InvalidInput,
    NotFound,
    SpeakFirst,
    TooOften,
    Unavailable,
)
from casework.web.languages import marked
from matching.errors import MatchingError
from privacy.errors import (
    BadRetentionRules,
    ClockWentBack,
    InvalidConsent,
    KeyDestroyed,
    KeysUnavailable,
    LogUnavailable,
    NeedsAnotherPerson,
    NoOpenToken,
    NotPermitted,
    NotSignedIn,
    SealingFault,
    StepUpNeeded,
    TooManyHashes,
    TooManyOpened,
    UnprovenLog,
    UnsafePassword,
    UnsoundPolicy,
    WrongPassword,
    WrongProof,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a refused visitor is told. `shows_message`: the refusal's own words may be shown."""

    status: int
    title: str
    sentence: str
    what_to_do: tuple[str, ...] = ()
    shows_message: bool = False


class Refusal(BaseModel):
    """What the API answers when it refuses; the same for what is absent and what is hidden."""

    title: str
    detail: str
    reference: str = Field(description="of a fault, for whoever looks after the registry")


ANSWERS: dict[type[Exception], Answer] = {
    NotFound: Answer(
        404,
        marked("No encontrado"),
        marked("No hay nada aquí que usted pueda ver."),
        (marked("Revise la referencia o vuelva a la lista."),),
    ),
    Conflict: Answer(
        409,
        marked("Alguien se adelantó"),
        marked("El registro ya no está en un estado que permita esto."),
        (marked("Vuelva a abrirlo y mire qué cambió."),),
        shows_message=True,
    ),
    SpeakFirst: Answer(
        409,
        marked("Primero su dictamen"),
        marked(
            "Sobre este par falta su dictamen, o puede darlo usted. Lo que se concluyó antes"
            " lo leerá después, para que nada lo incline."
        ),
        (marked("Abra «Revisiones», y ahí el par: dé su dictamen o deje el asiento."),),
    ),
    InvalidInput: Answer(
        422,
        marked("No se puede aceptar así"),
        marked("Lo que se envió no se puede aceptar tal como está. No se guardó nada."),
        shows_message=True,
    ),
    TooOften: Answer(
        429,
        marked("Demasiado seguido"),
        marked(
            "Llegaron más peticiones de las que una persona puede hacer. No se perdió nada."
        ),
        (marked("Espere un minuto y siga donde estaba."),),
    ),
    Unavailable: Answer(
        503,
        marked("No disponible en este momento"),
        marked("Algo que el sistema necesita no responde. No se perdió nada de lo guardado."),
        (marked("Espere un momento y vuelva a intentarlo; si sigue, avise a administración."),),
    ),
    NotPermitted: Answer(
        403,
        marked("No permitido"),
        marked("Su función no incluye esto, o el formulario no es de esta sesión."),
        (
            marked("Vuelva a la página anterior y ábrala de nuevo."),
            marked("Si su trabajo lo necesita, hable con la administración de su institución."),
        ),
    ),
    NotSignedIn: Answer(
        401, marked("Inicie sesión"), marked("La sesión terminó o no ha empezado.")
    ),
    NoOpenToken: Answer(
        401,
        marked("Esa llave no abre"),
        marked(
            "No es una llave de programa, o nadie la confirmó, se retiró o terminó. Quien "
            "administra las cuentas ve cuál de ellas, en Programas."
        ),
    ),
    WrongPassword: Answer(
        401,
        marked("Inicie sesión"),
        marked("El nombre o la contraseña no son correctos."),
    ),
    WrongProof: Answer(
        401,
        marked("No se pudo comprobar"),
        marked("La llave o el código no sirven aquí, ya se usaron o llegaron tarde."),
        (marked("Vuelva a la página anterior y pruebe otra vez."),),
    ),
    StepUpNeeded: Answer(
        403,
        marked("Confirme que es usted"),
        marked("Para esto hace falta demostrar de nuevo, ahora, que es usted."),
        (marked("Confirme con su llave o con un código y vuelva a esta página."),),
    ),
    ClockWentBack: Answer(
        503,
        marked("El reloj no va bien"),
        marked("El reloj del servidor ha retrocedido y no se aceptan códigos."),
        (marked("Entre con una llave de acceso, o avise a administración."),),
    ),
    TooManyHashes: Answer(
        503,
        marked("No disponible en este momento"),
        marked("Muchas personas entran a la vez. Espere un momento y vuelva a intentarlo."),
    ),
    UnsafePassword: Answer(
        422,
        marked("Contraseña insegura"),
        marked("Esta contraseña no sirve: use una frase de al menos quince caracteres."),
    ),
    NeedsAnotherPerson: Answer(
        409,
        marked("Hace falta otra persona"),
        marked("Esto lo deciden dos personas: quien lo propuso no puede confirmarlo."),
        (marked("Pida a otra persona con esta función que lo revise."),),
    ),
    BadRetentionRules: Answer(
        503,
        marked("No disponible en este momento"),
        marked("Las reglas de conservación no se pueden leer. No se borra ni se promete nada."),
        (marked("Avise a administración: `reunir doctor` dice qué línea corregir."),),
    ),
    TooManyOpened: Answer(
        429,
        marked("Demasiados expedientes en una hora"),
        marked(
            "Se abrieron más datos reservados de los que una persona necesita en una hora. No"
            " se abrió ninguno más y la persona encargada de protección de datos lo sabe."
        ),
        (
            marked(
                "Lo que abrió en la última hora se sigue abriendo. Para lo demás, espere a que"
                " pase la hora y siga donde estaba."
            ),
            marked("Si su trabajo lo necesita, pida una entrega con motivo y destinatario."),
        ),
    ),
    KeyDestroyed: Answer(
        410,
        marked("Borrado"),
        marked("De este expediente no queda nada que se pueda abrir, y nada se le añade."),
    ),
    KeysUnavailable: Answer(
        503,
        marked("No disponible en este momento"),
        marked("Faltan las llaves de los datos reservados. Sin ellas nada se abre ni guarda."),
        (marked("Avise a administración: `reunir doctor` dice qué falta y dónde."),),
    ),
    SealingFault: Answer(
        503,
        marked("No se puede mostrar"),
        marked(
            "Un dato reservado no se puede abrir aquí tal como está. No se mostró ni se guardó."
        ),
        (marked("Avise a administración con la referencia de esta falla."),),
    ),
    InvalidConsent: Answer(
        422,
        marked("No se puede anotar así"),
        marked(
            "Esta autorización no puede quedar anotada: falta quién la da, hasta cuándo o a"
            " quién llega, o ya no está vigente. No se guardó nada."
        ),
        (marked("Vuelva a las autorizaciones del expediente y mire qué sigue vigente."),),
    ),
    LogUnavailable: Answer(
        503,
        marked("No disponible en este momento"),
        marked(
            "La bitácora no se puede escribir. Sin ella no se muestra ni se guarda nada, para"
            " que ninguna consulta quede sin registro."
        ),
        (marked("Espere un momento y vuelva a intentarlo; si sigue, avise a administración."),),
    ),
    UnprovenLog: Answer(
        503,
        marked("La bitácora no está probada"),
        marked("La bitácora no coincide con lo que se firmó de ella, o no se puede firmar."),
        (marked("Avise a quien cuida el registro: `reunir verify-audit-log` dice dónde."),),
    ),
    UnsoundPolicy: Answer(
        503,
        marked("No disponible en este momento"),
        marked("Las reglas de acceso no se pueden aplicar con seguridad. No se muestra nada."),
        (marked("Avise a administración: `reunir doctor` dice qué regla corregir."),),
    ),
    MatchingError: Answer(
        422,
        marked("No se puede comparar"),
        marked("El motor no puede comparar estos datos."),
        shows_message=True,
    ),
}

TOO_LARGE = Answer(
    413,
    marked("Demasiado grande"),
    marked("Lo que se envió es demasiado grande. No se guardó nada."),
    (marked("Envíe un archivo más pequeño, o pida a administración que lo importe."),),
)
"""For a request that is refused before anything of it is read."""

NOT_THIS_WAY = Answer(
    405,
    marked("Aquí no se pide así"),
    marked("Esa dirección no toma ese método. En /api/v1/openapi.json están los que toma."),
)
"""For a program that posts where one only reads, or the other way round."""


# Whatever is asked of the API may be refused like this; the description says so everywhere.
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Refusal, "description": description}
    for status, description in {
        400: "The request cannot be read.",
        401: "Nobody is signed in.",
        403: "The duty does not include this, or a second factor is missing.",
        404: "Absent, or not to be known by this account.",
        405: "The address does not do this.",
        409: "The record is no longer in a state that allows this.",
        410: "Erased; nothing of it is left.",
        413: "Too large.",
        422: "A value cannot be accepted; `detail` names the fields.",
        429: "Too often; `Retry-After` says when to go on.",
        503: "Something the registry needs does not answer.",
    }.items()
}


def answer_to(error: type[Exception]) -> Answer:
    """Answer of the nearest ancestor in `ANSWERS`."""
    return next(ANSWERS[kind] for kind in error.__mro__ if kind in ANSWERS)


def status_of(error: type[Exception]) -> int:
    """Status of the nearest ancestor in `ANSWERS`."""
    return answer_to(error).status
