"""The register of incidents: the list with its map, and a file."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import Response

from casework.incidents import form_pages
from casework.incidents.drawing import draw_people
from casework.incidents.presenters import (
    cause_words,
    country_sums,
    present_file,
    present_row,
    route_words,
)
from casework.incidents.queries import (
    IncidentSearch,
    Offered,
    every_incident,
    get_incident,
    keeper_of,
    list_incidents,
    list_spots,
    list_versions,
    offered,
    sums_of,
)
from casework.incidents.rules import why_not_correctable
from casework.incidents.table import table_of
from casework.web.access import requires
from casework.web.described import Teller, teller_for
from casework.web.pieces import Choice, NavLink, by_label, pager_of, sorted_headings
from casework.web.visit import Entered
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
# First, so that `new` is no reference.
router.include_router(form_pages.router)


@router.get("/incidents")
@requires(Permission.INCIDENT_READ)
def incident_list(visit: Entered, search: Annotated[IncidentSearch, Query()]) -> Response:
    """List incidents, and draw those of the Americas."""
    teller = teller_for(visit.language)
    listed = list_incidents(visit.session, visit.viewer, search)
    spots = list_spots(visit.session, visit.viewer, search)
    sums = sums_of(visit.session, visit.viewer, search)
    record(
        visit.session,
        Deed.INCIDENT_LISTED,
        by=visit.viewer,
        at=visit.at,
        shown=len(listed.rows),
    )
    rows = [present_row(incident, teller) for incident in listed.rows]
    query = dict(visit.request.query_params)
    return visit.show(
        "incidents/list.html",
        # The sums and the map speak of the whole search, not only of the rows of this page.
        shows_invented=sums.invented > 0,
        shows_real=sums.invented < sums.incidents,
        rows=rows,
        listed=listed,
        sums=sums,
        search=search,
        map=draw_people(spots, language=visit.language, title=_map_title(teller)),
        map_title=_map_title(teller),
        by_country=country_sums(spots, teller),
        headings=sorted_headings(
            "/incidents", query, _columns(teller), numbers=_number_columns(teller)
        ),
        pager=pager_of(
            "/incidents", query, page=search.page, size=search.size, total=listed.total
        ),
        choices=_choices(offered(visit.session, visit.viewer), teller),
        table_href="/incidents/table.csv" + (f"?{urlencode(query)}" if query else ""),
        may_record=visit.viewer.may(Permission.INCIDENT_RECORD),
        may_read_sites=visit.viewer.may(Permission.SITE_READ),
    )


@router.get("/incidents/table.csv")
@requires(Permission.INCIDENT_READ)
def incident_table(visit: Entered, search: Annotated[IncidentSearch, Query()]) -> Response:
    """Hand out all of a search as a flat table, which another registry can take in."""
    found = every_incident(visit.session, visit.viewer, search)
    record(
        visit.session,
        Deed.INCIDENT_LISTED,
        by=visit.viewer,
        at=visit.at,
        shown=len(found),
    )
    return Response(
        table_of(found),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="incidents.csv"'},
    )


@router.get("/incidents/{reference}")
@requires(Permission.INCIDENT_READ)
def incident_file(visit: Entered, reference: str) -> Response:
    """Open the file of one incident."""
    incident = get_incident(visit.session, visit.viewer, reference)
    record(
        visit.session,
        Deed.INCIDENT_READ,
        by=visit.viewer,
        at=visit.at,
        about=incident.reference,
    )
    versions = list_versions(visit.session, incident)
    is_own = not why_not_correctable(incident, visit.viewer.institution_id)
    file = present_file(
        incident,
        versions,
        teller_for(visit.language),
        keeper=keeper_of(visit.session, incident),
        is_own=is_own,
    )
    may_correct = is_own and visit.viewer.may(Permission.INCIDENT_RECORD)
    path = f"/incidents/{incident.reference}"
    return visit.show(
        "incidents/file.html",
        shows_invented=file.is_invented,
        file=file,
        people_href=f"{path}/people" if visit.viewer.may(Permission.LINK_READ) else "",
        correct_href=f"{path}/correct" if may_correct else "",
        trail=(
            NavLink(visit.gettext("Incidentes"), "/incidents"),
            NavLink(file.reference, "", is_current=True),
        ),
    )


def _map_title(teller: Teller) -> str:
    return teller.gettext("Personas muertas y desaparecidas en las Américas")


def _number_columns(teller: Teller) -> tuple[str, str]:
    return teller.gettext("Muertas"), teller.gettext("Desaparecidas")


def _columns(teller: Teller) -> tuple[tuple[str, str | None], ...]:
    _ = teller.gettext
    dead, missing = _number_columns(teller)
    return (
        (_("Fecha"), "date"),
        (_("Lugar, según la fuente"), "place"),
        (_("Ruta"), None),
        (_("Causa"), None),
        (dead, "dead"),
        (missing, "missing"),
    )


def _choices(offers: Offered, teller: Teller) -> dict[str, list[Choice]]:
    _ = teller.gettext
    countries = (Choice(code, teller.country(code)) for code in offers.countries)
    return {
        "year": [Choice(str(year), str(year)) for year in offers.years],
        "country": list(by_label(countries)),
        "route": [Choice(route, route_words(route, teller)) for route in offers.routes],
        "cause": [Choice(code, cause_words(code, teller)) for code in offers.causes],
        "area": [Choice("world", _("en todo el mundo"))],
        "counted": [
            Choice("yes", _("los que cuenta el Proyecto Migrantes Desaparecidos")),
            Choice("no", _("los que ese proyecto no cuenta")),
        ],
        "invented": [
            Choice("no", _("solo incidentes reales")),
            Choice("yes", _("solo incidentes inventados")),
        ],
    }
