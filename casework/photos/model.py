"""A photograph of a missing person or of remains, sealed by what its kind reveals."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, relationship

from casework.envelope import PartOf
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from privacy.model import Base, Reveals, column
from privacy.sealing.columns import BYTES, SealedRow, sealed


class PhotoKind(StrEnum):
    """What is seen (minimum data set, group 14)."""

    FACE = "face"
    SMILE = "smile"
    FULL_BODY = "full_body"
    TATTOO = "tattoo"
    FEATURE = "feature"
    EFFECT = "effect"
    DOCUMENT = "document"
    SCENE = "scene"
    X_RAY = "x_ray"
    ODONTOGRAM = "odontogram"
    RECONSTRUCTION = "facial_reconstruction"


class PeopleShown(StrEnum):
    """Who is in it. Whoever else was there has been cut away before it was kept."""

    ALONE = "alone"
    WITH_OTHERS = "with_others"
    NOBODY = "nobody"


class PhotoColumns(PartOf, SealedRow):
    """One photograph: the picture lies in the column of its group, small and whole."""

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    kind: Mapped[PhotoKind] = column(reveals=Reveals.CIRCUMSTANCE)
    people_shown: Mapped[PeopleShown] = column(reveals=Reveals.CIRCUMSTANCE)
    taken_from: Mapped[date | None] = column(reveals=Reveals.CIRCUMSTANCE)
    taken_to: Mapped[date | None] = column(reveals=Reveals.CIRCUMSTANCE)
    # Blurred until somebody says why they look.
    is_sensitive: Mapped[bool] = column(reveals=Reveals.NOTHING)
    publishable: Mapped[bool] = column(default=False, reveals=Reveals.NOTHING)
    sha256: Mapped[str] = column(sa.String(64), reveals=Reveals.NOTHING)
    width: Mapped[int] = column(reveals=Reveals.NOTHING)
    height: Mapped[int] = column(reveals=Reveals.NOTHING)
    added_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)

    circumstance = sealed(reveals=Reveals.CIRCUMSTANCE, kind=BYTES, deferred=True)
    identity = sealed(reveals=Reveals.IDENTITY, kind=BYTES, deferred=True)
    body = sealed(reveals=Reveals.BODY, kind=BYTES, deferred=True)
    circumstance_small = sealed(reveals=Reveals.CIRCUMSTANCE, kind=BYTES, deferred=True)
    identity_small = sealed(reveals=Reveals.IDENTITY, kind=BYTES, deferred=True)
    body_small = sealed(reveals=Reveals.BODY, kind=BYTES, deferred=True)

    @declared_attr
    def added_by(cls) -> Mapped[int | None]:  # noqa: N805 - SQLAlchemy passes the class
        # Nobody's account if a file of another registry brought it.
        return column(sa.ForeignKey("account.id"), reveals=Reveals.NOTHING)


class MissingPersonPhoto(PhotoColumns, Base):
    """A photograph of a missing person, or of something they had."""

    __tablename__ = "missing_person_photo"
    record_table = "missing_person"

    # The entry of the ledger by which others may see it; none: its own institution only.
    consent_id: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    # Who gave it: their yes counts for this photograph, today's and a later one, nobody else's.
    consent_giver_id: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    case: Mapped[MissingPerson] = relationship()


class RemainsPhoto(PhotoColumns, Base):
    """A photograph of remains, of what lay with them, or of where they were found."""

    __tablename__ = "remains_photo"
    record_table = "remains"
    case: Mapped[Remains] = relationship()


Photo = MissingPersonPhoto | RemainsPhoto
