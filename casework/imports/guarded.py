"""Imports as the policies know them: whose they are, and whether they speak of people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from casework.imports.model import ImportRun
from casework.imports.profiles import PROFILES, Reads
from privacy.permissions import Permission, Viewer
from privacy.policy.guarded import Facts, Guarded, Plain, guard, plain

# Whatever is not known to be about incidents counts as a file of people.
OF_INCIDENTS = tuple(
    name for name, profile in PROFILES.items() if profile.reads is Reads.INCIDENTS
)


def _facts_of(
    session: Session, viewer: Viewer, rows: Sequence[Any], at: datetime
) -> list[Facts]:
    del session, viewer, at
    return [
        {
            "institution": row.institution_id,
            "of_people": row.profile not in OF_INCIDENTS,
        }
        for row in rows
    ]


guard(
    Guarded(
        model=ImportRun,
        kind="ImportRun",
        exists=Permission.FILE_IMPORT,
        attributes={
            "institution": plain(ImportRun.institution_id),
            "of_people": Plain(lambda _asked: ImportRun.profile.not_in(OF_INCIDENTS)),
        },
        facts_of=_facts_of,
    )
)
