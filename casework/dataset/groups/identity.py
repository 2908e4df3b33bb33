"""Group 4: who is sought, or who somebody may be."""

from functools import partial

from casework.dataset.code_lists.known import NAME_KIND, PRESUMPTION, SEX
from casework.dataset.code_lists.languages import LANGUAGE
from casework.dataset.code_lists.people import (
    DISABILITY,
    DOCUMENT,
    EDUCATION,
    GENDER_IDENTITY,
    MARITAL_STATUS,
    OCCUPATION,
    PREGNANT,
    RELIGION,
    SCRIPT,
)
from casework.dataset.groups.asked_of import LIVING, MISSING, PEOPLE
from casework.dataset.shape import Field, Group, Kind, Level
from casework.web.languages import marked
from privacy.model import Reveals

_body = partial(Field, reveals=Reveals.BODY, of=PEOPLE)
_circumstance = partial(Field, reveals=Reveals.CIRCUMSTANCE, of=MISSING)
_contact = partial(Field, reveals=Reveals.CONTACT, of=MISSING, asked_apart=True)
_identity = partial(Field, reveals=Reveals.IDENTITY, of=PEOPLE)

_NAMES = _identity(
    "names",
    marked("Cómo se llama"),
    Kind.ENTRIES,
    level=Level.WANTED,
    hint=marked("Cada nombre que haya usado, también el apodo."),
    parts=(
        _identity("kind", marked("Clase de nombre"), Kind.CODE, codes=NAME_KIND),
        _identity("given_names", marked("Nombres de pila"), Kind.TEXT),
        _identity("surname_1", marked("Primer apellido"), Kind.TEXT),
        _identity("surname_2", marked("Segundo apellido"), Kind.TEXT),
        _identity(
            "particle", marked("Partícula"), Kind.TEXT, hint=marked("Como «de la» o «dos».")
        ),
        _identity("married_name", marked("Apellido de casada"), Kind.TEXT),
        _identity("sounds_like", marked("Cómo suena"), Kind.TEXT),
        _identity("script", marked("Escritura"), Kind.CODE, codes=SCRIPT),
        _identity("language", marked("Idioma del nombre"), Kind.CODE, codes=LANGUAGE),
    ),
)
_ID_NUMBERS = _identity(
    "id_numbers",
    marked("Documentos"),
    Kind.ENTRIES,
    level=Level.RECOMMENDED,
    parts=(
        _identity("kind", marked("Qué documento"), Kind.CODE, codes=DOCUMENT),
        _identity("country", marked("País que lo dio"), Kind.COUNTRY),
        _identity("number", marked("Número"), Kind.TEXT),
        _identity("carried", marked("Lo llevaba consigo"), Kind.YES_NO),
        _identity("false_document", marked("No dice sus datos verdaderos"), Kind.YES_NO),
        _identity("scan_ref", marked("Copia guardada"), Kind.TEXT),
    ),
)

IDENTITY = Group(
    "identity",
    4,
    marked("Quién es"),
    (
        _NAMES,
        _body("sex", marked("Sexo"), Kind.CODE, level=Level.WANTED, codes=SEX),
        _body(
            "age",
            marked("Edad al último contacto"),
            Kind.NUMBERS,
            level=Level.WANTED,
            unit=marked("años"),
            bounds=(0, 125),
            hint=marked("Si no se sabe bien, de cuántos a cuántos años."),
            of=MISSING,
        ),
        _body(
            "age",
            marked("Edad que parece tener"),
            Kind.NUMBERS,
            level=Level.WANTED,
            unit=marked("años"),
            bounds=(0, 125),
            hint=marked("Si no se sabe bien, de cuántos a cuántos años."),
            of=LIVING,
        ),
        _identity(
            "birth",
            marked("Nacimiento"),
            Kind.DAYS,
            level=Level.WANTED,
            hint=marked("Si solo se sabe el mes, escriba el mes."),
        ),
        _identity(
            "nationalities", marked("Nacionalidades"), Kind.COUNTRIES, level=Level.WANTED
        ),
        _identity(
            "mother_name", marked("Nombre de la madre"), Kind.TEXT, level=Level.RECOMMENDED
        ),
        _identity(
            "father_name", marked("Nombre del padre"), Kind.TEXT, level=Level.RECOMMENDED
        ),
        _identity(
            "birth_place", marked("Lugar de nacimiento"), Kind.PLACE, level=Level.RECOMMENDED
        ),
        _identity("last_residence", marked("Dónde vivía"), Kind.PLACE, level=Level.RECOMMENDED),
        _identity("residence_days", marked("Cuándo vivió ahí"), Kind.DAYS, of=MISSING),
        _identity(
            "languages_spoken",
            marked("Idiomas que habla"),
            Kind.CODES,
            level=Level.RECOMMENDED,
            codes=LANGUAGE,
        ),
        _ID_NUMBERS,
        _identity("indigenous_people", marked("Pueblo indígena"), Kind.TEXT),
        _identity("ethnic_group", marked("Grupo étnico, como lo dice"), Kind.TEXT, of=MISSING),
        _identity(
            "marital_status",
            marked("Estado civil"),
            Kind.CODE,
            codes=MARITAL_STATUS,
            of=MISSING,
        ),
        _identity("occupation", marked("Trabajo"), Kind.CODE, codes=OCCUPATION, of=MISSING),
        _identity("occupation_words", marked("En qué trabajaba"), Kind.TEXT, of=MISSING),
        _identity("education", marked("Estudios"), Kind.CODE, codes=EDUCATION, of=MISSING),
        _identity("religion", marked("Religión"), Kind.CODE, codes=RELIGION, of=MISSING),
        _body(
            "disability",
            marked("Dificultades"),
            Kind.CODES,
            level=Level.RECOMMENDED,
            codes=DISABILITY,
        ),
        _body("disability_words", marked("Qué apoyo necesita"), Kind.TEXT),
        _body(
            "pregnant",
            marked("Embarazo"),
            Kind.CODE,
            level=Level.RECOMMENDED,
            codes=PREGNANT,
            asked_apart=True,
        ),
        _body(
            "pregnancy_weeks",
            marked("Tiempo de embarazo"),
            Kind.NUMBERS,
            unit=marked("semanas"),
            bounds=(0, 45),
            asked_apart=True,
            of=MISSING,
        ),
        _contact(
            "gender_identity", marked("Identidad de género"), Kind.CODE, codes=GENDER_IDENTITY
        ),
        _contact("gender_expression", marked("Cómo se presentaba en el viaje"), Kind.TEXT),
        _circumstance(
            "presumption",
            marked("Qué se presume"),
            Kind.CODE,
            level=Level.MANDATORY,
            codes=PRESUMPTION,
            hint=marked("Toda persona se busca con vida."),
        ),
    ),
)
