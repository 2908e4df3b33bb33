"""Sealed columns in the real database: what is stored, what is read, and what refuses."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from casework.codes import MarkType
from casework.missing.model import MissingPerson, MissingPersonMark, PersonName
from casework.models import metadata
from privacy.errors import BrokenSeal, KeysUnavailable, NotSealed, StillSealed
from privacy.model import Base, Reveals
from privacy.permissions import KEEPER
from privacy.sealing.bulk import open_plain, seal_cases
from privacy.sealing.cipher import KEY_VERSION
from privacy.sealing.columns import SealedBytes, SealedRow, fields_of
from privacy.sealing.key_file import FileKeys, make_key_file
from privacy.sealing.keyring import Sealing, keys_of, seal_with
from privacy.sealing.model import DataKey
from privacy.sealing.opening import open_fields, open_group
from privacy.tokens.word_keeping import KEYS
from tests.builders import a_missing_person

# What a person, a relative or an examiner says in their own words, or would be found by.
MUST_BE_SEALED = {
    "missing_person": {"mother_name", "father_name", "birth_place", "content", "carried"},
    "missing_person_name": {"given_names", "surname_1", "surname_2"},
    "missing_person_mark": {"words"},
    "missing_person_version": {"content"},
    "remains": {"content", "carried"},
    "remains_mark": {"words"},
    "remains_version": {"content"},
    "living_person": {
        *("host", "whereabouts", "list_name", "list_number", "content", "carried"),
        *("mother_name", "father_name", "birth_place"),
    },
    "living_person_name": {"given_names", "surname_1", "surname_2"},
    "living_person_mark": {"words"},
    "living_person_version": {"content"},
    "living_person_decision": {"reason"},
    "relative": {"name", "contact"},
    "import_file": {"content"},
    "import_problem": {"found"},
    "quarantined_row": {"original"},
}


def unsealed(tables, wanted):
    return {
        f"{table}.{name}"
        for table, names in wanted.items()
        for name in names
        if not isinstance(tables[table].c[name].type, SealedBytes)
    }


def entered(database, owner, **stated):
    with database.transaction(KEEPER) as session:
        return a_missing_person(session, owner, **stated).id


def test_a_planted_clear_column_is_found():
    planted = sa.Table("relative", sa.MetaData(), sa.Column("name", sa.Text))

    assert unsealed({"relative": planted}, {"relative": {"name"}}) == {"relative.name"}


def test_every_column_that_must_be_is_sealed():
    assert unsealed(metadata.tables, MUST_BE_SEALED) == set()


def test_r09_a_sealed_value_that_nobody_opened_is_refused_by_its_columns_name(database, lidia):
    entered(database, lidia, given_names="Zacnité", mother_name="Ixchel")

    with database.transaction(lidia) as session:
        person = session.scalars(sa.select(MissingPerson)).one()
        with pytest.raises(StillSealed, match=r"^MissingPerson\.mother_name$"):
            _ = person.mother_name
        with pytest.raises(StillSealed, match=r"^PersonName\.given_names$"):
            _ = person.names[0].given_names


def test_opening_one_group_leaves_the_others_sealed(database, lidia, noon):
    mark = MissingPersonMark(kind=MarkType.TATTOO, words="una rosa")
    entered(database, lidia, mother_name="Ixchel", marks=[mark])

    with database.transaction(lidia) as session:
        person = session.scalars(sa.select(MissingPerson)).one()
        open_group(session, lidia, [person], Reveals.IDENTITY, at=noon)

        assert person.mother_name == "Ixchel"
        with pytest.raises(StillSealed):
            _ = person.marks[0].words


def test_what_says_nothing_reads_as_nothing_without_being_opened(database, lidia):
    entered(database, lidia)

    with database.transaction(lidia) as session:
        person = session.scalars(sa.select(MissingPerson)).one()

        assert (person.father_name, person.carried) == ("", {})


def test_a_reloaded_row_is_sealed_again(database, lidia, noon):
    entered(database, lidia, mother_name="Ixchel")

    with database.transaction(lidia) as session:
        person = session.scalars(sa.select(MissingPerson)).one()
        open_group(session, lidia, [person], Reveals.IDENTITY, at=noon)
        session.refresh(person)

        with pytest.raises(StillSealed):
            _ = person.mother_name


def test_clear_text_cannot_reach_a_sealed_column_by_another_way(database):
    clear = sa.update(MissingPerson.__table__).values(mother_name=b"Ixchel")

    with (
        pytest.raises(sa.exc.StatementError) as refusal,
        database.transaction(KEEPER) as session,
    ):
        session.execute(clear)

    assert isinstance(refusal.value.orig, NotSealed)


def test_r18_a_ciphertext_moved_to_another_row_or_column_does_not_open(database, lidia):
    first = entered(database, lidia, mother_name="Ixchel", father_name="Canek")
    second = entered(database, lidia, mother_name="Marta")
    table = MissingPerson.__table__.c

    def moved(target, column, origin, source):
        with database.transaction(KEEPER) as session:
            stolen = session.scalar(sa.select(table[source]).where(table.id == origin))
            session.execute(
                sa.update(MissingPerson.__table__)
                .where(table.id == target)
                .values({column: stolen})
            )
            person = session.get_one(MissingPerson, target)
            try:
                open_fields(session, [person], Reveals.IDENTITY)
                return person.mother_name
            finally:
                session.rollback()

    assert moved(first, "mother_name", first, "mother_name") == "Ixchel"
    with pytest.raises(BrokenSeal):
        moved(second, "mother_name", first, "mother_name")
    with pytest.raises(BrokenSeal):
        moved(first, "mother_name", first, "father_name")


def test_r18_a_name_moved_to_another_person_does_not_open(database, lidia):
    entered(database, lidia, given_names="Ixchel")
    second = entered(database, lidia, given_names="Marta")

    with database.transaction(KEEPER) as session:
        session.execute(sa.update(PersonName).values(case_id=second))
        names = session.scalars(sa.select(PersonName)).all()
        with pytest.raises(BrokenSeal):
            open_fields(session, names, Reveals.IDENTITY)


def test_r19_without_its_keys_the_database_opens_nothing(database, lidia, tmp_path):
    entered(database, lidia, mother_name="Ixchel")
    make_key_file(tmp_path / "others")
    others = Sealing(FileKeys(tmp_path / "others"), 1_000)

    for sealing in (others, Sealing(FileKeys(tmp_path / "none"), 1_000)):
        with database.transaction(KEEPER) as session:
            person = session.scalars(sa.select(MissingPerson)).one()
            seal_with(session, sealing)
            with pytest.raises(KeysUnavailable):
                open_fields(session, [person], Reveals.IDENTITY)


def test_r19_with_its_own_keys_the_same_row_opens(database, lidia):
    """What the test above refuses is not refused to everybody."""
    entered(database, lidia, mother_name="Ixchel")

    with database.transaction(KEEPER) as session:
        person = session.scalars(sa.select(MissingPerson)).one()
        open_fields(session, [person], Reveals.IDENTITY)

        assert person.mother_name == "Ixchel"


def test_nothing_is_kept_without_keys(database, lidia, tmp_path):
    with database.transaction(KEEPER) as session:
        seal_with(session, Sealing(FileKeys(tmp_path / "none"), 1_000))
        with pytest.raises(KeysUnavailable):
            a_missing_person(session, lidia)
        session.rollback()

    with database.transaction(KEEPER) as session:
        assert session.scalars(sa.select(MissingPerson)).all() == []


def test_each_case_has_a_key_of_its_own(database, lidia):
    for _ in range(3):
        entered(database, lidia)

    with database.transaction(KEEPER) as session:
        cases = set(session.scalars(sa.select(MissingPerson.seal_id)))
        kept = dict(session.execute(sa.select(DataKey.case_seal_id, DataKey.wrapped)).all())

    assert cases <= kept.keys()
    assert len(set(kept.values())) == len(kept)


def test_bulk_sealing_and_the_flush_seal_alike(database, lidia):
    case = entered(database, lidia, mother_name="Ixchel")
    row = {"mother_name": "Ixchel", "father_name": ""}

    with database.transaction(KEEPER) as session:
        seal_cases(session, MissingPerson, [row])
        kept = session.get_one(MissingPerson, case)
        by_flush = (kept.seal_id, kept.seal_id, kept.mother_name_sealed)
        in_bulk = (row["seal_id"], row["seal_id"], row["mother_name"])

        assert open_plain(session, MissingPerson, "mother_name", [by_flush, in_bulk]) == [
            "Ixchel",
            "Ixchel",
        ]
        assert row["father_name"] is None
        assert {each[2][0] for each in (by_flush, in_bulk)} == {KEY_VERSION}


def test_the_keys_of_a_transaction_are_overwritten_when_it_ends(database, lidia):
    entered(database, lidia, mother_name="Ixchel")

    with database.transaction(KEEPER) as session:
        cases = session.scalars(sa.select(MissingPerson.seal_id)).all()
        (key,) = keys_of(session).to_open(cases).values()
        assert any(key)

    assert not any(key)


def test_r17_no_error_quotes_a_sealed_value(database):
    table = MissingPerson.__table__
    wrong = {"seal_id": uuid4(), "reference": "x" * 99, "mother_name": "Ixchel"}

    def write():
        with database.transaction(KEEPER) as session:
            seal_cases(session, MissingPerson, [wrong])
            session.execute(sa.insert(table), [wrong])

    with pytest.raises(sa.exc.DBAPIError) as refusal:
        write()

    assert "Ixchel" not in str(refusal.value)


def blind_tokens(tables):
    """Give each column of tokens, and the columns of names that its rows are made from."""
    return {
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if "token" in column.name and isinstance(column.type, sa.BigInteger)
    }


def test_r23_blind_tokens_stand_beside_names_and_texts_and_nothing_else():
    planted = sa.Table(
        "sex_token", sa.MetaData(), sa.Column("token", sa.BigInteger), sa.Column("case_id")
    )
    assert blind_tokens([planted]) == {"sex_token.token"}

    of_texts = {f"{each.__tablename__}.token" for each in KEYS}
    assert blind_tokens(metadata.tables.values()) == {"name_token.token", *of_texts}


def low_entropy(models):
    """Name the sealed fields whose few values could be guessed from equal tokens."""
    few = {"sex", "nationalities", "kind", "hair", "eyes", "blood_group", "locus", "alleles"}
    found_by_tokens = [each for each in models if hasattr(each, "as_name")]
    return {
        field.name
        for model in found_by_tokens
        for field in fields_of(model)
        if field.name in few
    }


def test_r23_no_field_of_few_values_has_a_token():
    class Planted:
        as_name = None

    Planted.sex = fields_of(PersonName)[0]
    planted = type("Sexed", (), {"as_name": None, "sex": _renamed("sex")})
    assert low_entropy([planted]) == {"sex"}

    models = [mapper.class_ for mapper in Base.registry.mappers]
    assert low_entropy(models) == set()
    assert any(hasattr(each, "as_name") for each in models)


def _renamed(name):
    from privacy.sealing.columns import TEXT, SealedField  # noqa: PLC0415 - for the plant

    field = SealedField(TEXT, Reveals.IDENTITY, deferred=False)
    field.name = name
    return field


def test_every_part_with_sealed_fields_says_whose_key_it_uses():
    models = [mapper.class_ for mapper in Base.registry.mappers]
    parts = [each for each in models if issubclass(each, SealedRow) and fields_of(each)]
    cases = {each.__name__ for each in parts if not each.case_of_key}

    assert {"MissingPerson", "Remains"} <= cases
    assert all(
        each.case_of_key in sa.inspect(each).relationships for each in parts if each.case_of_key
    )


def test_bulk_opening_tells_nothing_of_what_is_empty_and_refuses_what_never_had_a_key(
    database, lidia
):
    case = entered(database, lidia, mother_name="Ixchel")

    with database.transaction(KEEPER) as session:
        kept = session.get_one(MissingPerson, case)
        of_nobody = (uuid4(), kept.seal_id, kept.mother_name_sealed)
        empty = (kept.seal_id, kept.seal_id, b"")

        assert open_plain(session, MissingPerson, "mother_name", [empty]) == [""]
        # A key that never was is no erasure: somebody put the row there.
        with pytest.raises(BrokenSeal, match="data_key"):
            open_plain(session, MissingPerson, "mother_name", [of_nobody])


def test_a_part_of_no_case_is_not_kept(database):
    nobodys = PersonName(case_id=2**40, given_names="Ixchel")

    with pytest.raises(NotSealed, match="of no case"), database.transaction(KEEPER) as session:
        session.add(nobodys)


def test_a_session_that_was_given_no_keys_opens_nothing(database):
    with sa.orm.Session(database.engine) as session, pytest.raises(KeysUnavailable):
        keys_of(session)
