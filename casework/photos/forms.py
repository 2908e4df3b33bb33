"""The form that brings a photograph: what was typed, and what it says of the picture."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Annotated, TypeVar

from fastapi import UploadFile
from pydantic import BaseModel, Field

from casework.photos.actions import Told
from casework.photos.model import PeopleShown, Photo, PhotoKind
from casework.photos.pictures import Crop, read_crop
from casework.photos.rules import is_sensitive
from casework.values import DateRange
from casework.web.description_form import Reading
from casework.web.form_values import Unreadable, read_code, read_days
from casework.web.languages import marked
from privacy.consent.model import Consent

Short = Annotated[str, Field(max_length=100)]
YES = "yes"
Code = TypeVar("Code", bound=StrEnum)


class CropForm(BaseModel):
    """Four sides in hundredths of the picture, as they were typed or drawn."""

    crop_left: Short = ""
    crop_top: Short = ""
    crop_right: Short = ""
    crop_bottom: Short = ""

    def crop(self) -> Crop | None:
        """Read the four; see `read_crop`."""
        return read_crop(self.crop_left, self.crop_top, self.crop_right, self.crop_bottom)


class PhotoForm(CropForm):
    """What a browser sends with a photograph."""

    photo: UploadFile | None = None
    kind: Short = ""
    people_shown: Short = ""
    taken_from: Short = ""
    taken_to: Short = ""
    sensitive: Short = ""
    publishable: Short = ""
    consent_id: Short = ""


def read_photo(
    form: PhotoForm, model: type[Photo], consents: Collection[Consent], *, at: datetime
) -> tuple[Told | None, Crop | None, dict[str, str]]:
    """Read what is said of a picture; the problems name each field that could not be read."""
    reading = Reading()
    kind = _chosen(reading, "kind", PhotoKind, form.kind)
    people = _chosen(reading, "people_shown", PeopleShown, form.people_shown)
    crop = reading.attempt("crop", form.crop)
    days = reading.attempt("taken", lambda: _past_days(form, at))
    consent = next((each for each in consents if str(each.id) == form.consent_id), None)
    if form.consent_id and consent is None:
        reading.problems["consent_id"] = marked("Elija una opción de la lista.")
    if reading.problems or kind is None or people is None:
        return None, None, reading.problems
    told = Told(
        kind=kind,
        people_shown=people,
        taken_from=days.earliest if days else None,
        taken_to=days.latest if days else None,
        is_sensitive=is_sensitive(model, kind, said_so=form.sensitive == YES),
        publishable=form.publishable == YES,
        consent=consent,
        is_cropped=crop is not None,
    )
    return told, crop, {}


def _chosen(reading: Reading, name: str, codes: type[Code], given: str) -> Code | None:
    found = reading.attempt(name, lambda: read_code(codes, given))
    if found is None:
        reading.problems.setdefault(name, marked("Elija una opción de la lista."))
    return found


def _past_days(form: PhotoForm, at: datetime) -> DateRange | None:
    days = read_days(form.taken_from, form.taken_to)
    if days and days.earliest > at.date():
        raise Unreadable(marked("Esa fecha todavía no ha llegado."))
    return days
