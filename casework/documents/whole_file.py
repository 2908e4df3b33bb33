"""What the file of a person or of remains says, put together for paper."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from casework.documents.model import DocumentKind
from casework.documents.pdf import stylesheet
from casework.documents.presenters import printed_map
from casework.missing.presenters import present_file as present_person
from casework.openings import Openings
from casework.remains.found_at import found_at
from casework.remains.presenters import present_file as present_remains
from casework.signin.model import Institution
from casework.statements.describing import AtHand
from casework.statements.told import told_beyond_cards
from casework.web.body_chart import BodyDrawing
from casework.web.dental_chart import TeethDrawing
from casework.web.described import FactGroup, Teller
from casework.web.templating import Templates

_DRAWING = re.compile(r"<svg\b[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFile:
    """One file on paper: what stands on cards, what was said besides, and the drawings."""

    kind: DocumentKind
    title: str
    headline: str
    reference: str
    state: Sequence[str]
    is_invented: bool
    groups: Sequence[FactGroup]
    besides: Sequence[FactGroup]
    drawings: Markup
    map: Markup | None
    map_caption: str


def shown_missing(hand: AtHand, openings: Openings, teller: Teller) -> ShownFile:
    """Put the file of a missing person together, as far as it is open."""
    _ = teller.gettext
    file = present_person(hand.about, hand.viewer, openings, teller, owner=_keeper(hand))
    protected = _("protegida: ningún consulado la ve") if file.is_protected else ""
    return ShownFile(
        kind=DocumentKind.MISSING_PERSON_FILE,
        title=_("Expediente de una persona desaparecida"),
        headline=file.name,
        reference=file.reference,
        state=_said(file.status, file.presumption, protected, _apart(file.kept_from, teller)),
        is_invented=file.is_invented,
        groups=_standing(
            file.who, file.last_contact, file.looks, file.marks, file.articles, file.contact
        ),
        besides=_besides(hand, openings, teller, file.carried, file.told_by),
        drawings=_drawings(file.body, file.teeth, teller),
        map=printed_map(file.map) if file.map else None,
        map_caption=file.map_caption,
    )


def shown_remains(hand: AtHand, openings: Openings, teller: Teller) -> ShownFile:
    """Put the file of one person's remains together, as far as it is open."""
    _ = teller.gettext
    file = present_remains(
        hand.about,
        hand.viewer,
        openings,
        teller,
        owner=_keeper(hand),
        where=found_at(hand, openings),
    )
    return ShownFile(
        kind=DocumentKind.REMAINS_FILE,
        title=_("Registro de los restos de una persona"),
        headline=_("Restos de una persona: %(number)s") % {"number": file.number},
        reference=file.reference,
        state=_said(file.status, file.act, _apart(file.kept_from, teller)),
        is_invented=file.is_invented,
        groups=_standing(
            file.find, file.profile, file.looks, file.marks, file.articles, file.papers
        ),
        besides=_besides(hand, openings, teller, file.carried, file.told_by),
        drawings=_drawings(file.body, file.teeth, teller),
        map=printed_map(file.map) if file.map else None,
        map_caption=_("Lugar del hallazgo"),
    )


def _keeper(hand: AtHand) -> str:
    return hand.session.get_one(Institution, hand.about.owner_institution_id).name


def _said(*words: str) -> Sequence[str]:
    return [each for each in words if each]


def _apart(kept_from: str, teller: Teller) -> str:
    told = teller.gettext("se guarda de: %(countries)s") % {"countries": kept_from}
    return told if kept_from else ""


def _standing(*groups: FactGroup) -> Sequence[FactGroup]:
    """Leave out a group of nothing; what is closed stays, with why."""
    return [each for each in groups if each.facts or each.closed]


def _besides(
    hand: AtHand, openings: Openings, teller: Teller, *cards: FactGroup
) -> Sequence[FactGroup]:
    return _standing(*told_beyond_cards(hand, openings, teller).groups, *cards)


def _drawings(body: BodyDrawing | None, teeth: TeethDrawing | None, teller: Teller) -> Markup:
    """Draw marks and teeth; on paper a picture does not hear the document's stylesheet."""
    drawn = Templates(teller.language).fragment("documents/_drawn.html", body=body, teeth=teeth)
    style = f"<style>{stylesheet('drawn.css')}</style>"
    return Markup(_DRAWING.sub(lambda found: found[0] + style, drawn))  # noqa: S704  # nosec B704
