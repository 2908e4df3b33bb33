"""Which known sites may be the one that somebody is about to register a second time.

Compared is only what every reader of the register of sites reads anyway: names, countries and
points rounded to a district (ADR-0046), the typed point rounded as they are. Whoever types one
point after another learns no more of where a site lies than the list says.
"""

import re
from datetime import datetime
from difflib import get_close_matches
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.listing import folded_text
from casework.sites.model import Site, SiteFact
from casework.sites.queries import is_newest
from casework.sites.rules import SiteDraft, coarse
from privacy.door import readable, recheck
from privacy.permissions import Permission, Viewer

MOST_ALIKE, MOST_COMPARED = 5, 5_000
# Degrees between rounded points: the next district, and as far as one name may be said of one.
NEXT, AROUND = 0.11, 0.51
# Words that half of all sites are called by, and so tell none from another.
USUAL = frozenset((
    *("panteon", "cementerio", "cemiterio", "camposanto", "cemetery", "cimetiere", "simitye"),
    *("fosa", "tumba", "tumbas", "grave", "comun", "common", "entierro", "morgue", "hospital"),
    *("servicio", "medico", "forense", "semefo", "general", "municipal", "ejidal", "civil"),
    *("viejo", "nuevo", "antiguo", "san", "santa", "santo", "los", "las", "del", "the", "for"),
))  # fmt: skip
FEWEST_LETTERS = 3
ALIKE_LETTERS = 0.85  # of a word, misspelt: our choice


def list_alike(
    session: Session, viewer: Viewer, draft: SiteDraft, *, at: datetime
) -> list[tuple[Site, SiteFact]]:
    """List sites that may be the drafted one, as far as the viewer may know of any.

    Alike is what lies in the same or the next district and is of one kind or of a like name,
    and a like name in one country where nothing says that they lie apart.
    """
    point = coarse(draft)
    near = [SiteFact.country == draft.country] if draft.country else []
    if point["lat"] is not None and point["lon"] is not None:
        near.append(
            SiteFact.lat.between(point["lat"] - AROUND, point["lat"] + AROUND)
            & SiteFact.lon.between(point["lon"] - AROUND, point["lon"] + AROUND)
        )
    if not near:
        return []
    query = (
        readable(viewer, Permission.SITE_READ, Site, at)
        .join(SiteFact, is_newest())
        .with_only_columns(Site, SiteFact)
        .where(sa.or_(*near))
        .order_by(Site.id.desc())
        .limit(MOST_COMPARED)
    )
    pairs = [(site, fact) for site, fact in session.execute(query).all() if _alike(draft, fact)]
    pairs.sort(key=lambda pair: _apart(draft, pair[1]) or 0.0)
    sure = set(recheck(session, viewer, Permission.SITE_READ, [s for s, _ in pairs], at))
    return [pair for pair in pairs if pair[0] in sure][:MOST_ALIKE]


def _alike(draft: SiteDraft, fact: SiteFact) -> bool:
    apart, named = _apart(draft, fact), _named_alike(draft.name, fact.name)
    if apart is not None:
        return apart <= (AROUND if named else NEXT if draft.kind is fact.kind else -1.0)
    divisions = {folded_text(each.strip()) for each in (draft.admin1, fact.admin1)}
    return named and draft.country == fact.country and len(divisions - {""}) <= 1


def _apart(draft: SiteDraft, fact: SiteFact) -> float | None:
    """Give how far two rounded points lie apart, in degrees; None where one is not known."""
    point: Any = coarse(draft)
    if point["lat"] is None or fact.lat is None or fact.lon is None:
        return None
    return float(max(abs(point["lat"] - fact.lat), abs(point["lon"] - fact.lon)))


def _named_alike(one: str, other: str) -> bool:
    """Say whether half of what tells the shorter name from others stands in the longer one."""
    fewer, more = sorted((_telling(one), _telling(other)), key=len)
    if not fewer:
        return False
    shared = [word for word in fewer if get_close_matches(word, more, 1, ALIKE_LETTERS)]
    return 2 * len(shared) >= len(fewer)


def _telling(name: str) -> list[str]:
    words = dict.fromkeys(re.findall(r"\w+", folded_text(name)))
    return [word for word in words if len(word) >= FEWEST_LETTERS and word not in USUAL]
