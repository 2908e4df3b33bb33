"""Words that stand nowhere else, planted in every place where a person may be told of.

A page that shows one of them to somebody for whom its group is closed has leaked; the word
says which group.
"""

from datetime import date

import sqlalchemy as sa

from casework.codes import ArticleItem, BodySite, MarkType
from casework.missing.model import (
    MissingPerson,
    MissingPersonArticle,
    MissingPersonMark,
    PersonName,
)
from casework.record_codes import NameKind, ReporterKind
from privacy.consent.ledger import Case, withdraw
from privacy.consent.model import Consent, DataCategory
from privacy.model import Reveals
from tests.builders import a_missing_person, grant_of

REFERENCE = "MP-CNRY-2222"

CANARIES = {
    Reveals.CIRCUMSTANCE: ("Circunstanciario", "Destinonario", "Prendanaria", "Regionaria"),
    Reveals.IDENTITY: (
        "Nombrenario",
        "Apellidonario",
        "Apodonario",
        "Madrenaria",
        "Padrenario",
        "Cunanaria",
        "Papelnario",
        "Origennario",
    ),
    Reveals.CONTACT: ("Parentenario", "Avisonario", "Telefonario"),
    Reveals.BODY: ("Senanaria", "Dientenario"),
}
ALL_CANARIES = tuple(word for words in CANARIES.values() for word in words)

CATEGORIES = {
    Reveals.CIRCUMSTANCE: DataCategory.CIRCUMSTANCES,
    Reveals.IDENTITY: DataCategory.IDENTITY,
    Reveals.CONTACT: DataCategory.CONTACT,
    Reveals.BODY: DataCategory.ANTEMORTEM,
}
EVERY_GROUP = tuple(CATEGORIES)


def a_canary(session, owner, *, reference=REFERENCE, grants=(), **stated):
    """Enter somebody every word of whom is a canary; `grants` are (group, purpose, whom)."""
    told = {
        "reference": reference,
        "names": [
            PersonName(
                kind=NameKind.LEGAL, given_names="Nombrenario", surname_1="Apellidonario"
            ),
            PersonName(kind=NameKind.NICKNAME, given_names="Apodonario"),
        ],
        "mother_name": "Madrenaria",
        "father_name": "Padrenario",
        "birth_place": "Cunanaria",
        "birth_from": date(2001, 1, 7),
        "birth_to": date(2001, 1, 7),
        "origin_source_name": "invented",
        "origin_record_id": "Origennario",
        "destination": "Destinonario",
        "place": "Circunstanciario",
        "admin1": "Regionaria",
        "reporter_kind": ReporterKind.RELATIVE,
        "reporter_relationship": "Parentenario",
        "reporting_institution": "Avisonario",
        "carried": {
            "id_numbers": "Papelnario",
            "phones": "Telefonario",
            "teeth": "Dientenario",
        },
        "marks": [
            MissingPersonMark(kind=MarkType.TATTOO, site=BodySite.FOREARM, words="Senanaria")
        ],
        "articles": [
            MissingPersonArticle(worn=True, item=ArticleItem.SHIRT, words="Prendanaria")
        ],
    }
    person = a_missing_person(session, owner, grants=(), **(told | stated))
    if grants:
        give(session, person, grants)
    return person


def give(session, person, grants):
    """Enter what a relative agreed to: (group, purpose, whom)."""
    grant_of(
        session,
        person,
        *((CATEGORIES[group].value, purpose, whom) for group, purpose, whom in grants),
    )


def to_all(recipient, *purposes):
    """Grant every group to one recipient for some purposes."""
    return [(group, purpose, recipient) for group in EVERY_GROUP for purpose in purposes]


def take_back_all(database, viewer, at):
    """Withdraw every grant there is, in the ledger, as whoever keeps the file does."""
    with database.transaction(viewer) as session:
        person = session.scalars(sa.select(MissingPerson)).one()
        case = Case(person.id, person.reference, person.owner_institution_id, person.protected)
        for granted in session.scalars(sa.select(Consent)).all():
            withdraw(session, viewer, case, granted, at=at)
