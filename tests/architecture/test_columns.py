"""No column without saying what it reveals, and none for what must not be known."""

import re

import sqlalchemy as sa

from casework.models import metadata
from privacy.model import Reveals
from tests.architecture.the_code import sources

# The enforcement firewall: what has no column cannot be asked for, seized or leaked.
MUST_NOT_BE_KNOWN = re.compile(
    r"immigration|migratory|migration_status|visa|residence_permit|legal_status|undocumented"
    r"|smuggler|coyote|facilitator|informant"
)


def unclassified(tables):
    return [
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if not isinstance(column.info.get("reveals"), Reveals)
    ]


def forbidden_columns(tables):
    return [
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if MUST_NOT_BE_KNOWN.search(f"{table.name}.{column.name}")
    ]


def test_planted_columns_are_caught():
    planted = sa.Table("planted", sa.MetaData(), sa.Column("immigration_status", sa.Text))

    assert unclassified([planted]) == ["planted.immigration_status"]
    assert forbidden_columns([planted]) == ["planted.immigration_status"]


def test_every_column_says_what_it_reveals():
    assert unclassified(metadata.sorted_tables) == []


def test_immigration_status_and_facilitators_have_no_column():
    assert forbidden_columns(metadata.sorted_tables) == []


def test_every_slices_tables_are_known_to_the_migrations():
    with_models = {
        source.path.removesuffix(".py").replace("/", ".")
        for source in sources("casework", "privacy")
        if re.search(r"^    __tablename__ ?[:=]", source.text, re.MULTILINE)
    }
    models = next(each for each in sources("casework") if each.path == "casework/models.py")

    assert with_models <= set(models.imports())
