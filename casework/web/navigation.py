"""Where a visitor can go: only what their duty opens is offered."""

from casework.web.languages import marked, translations_for
from casework.web.pieces import NavLink
from privacy.permissions import Permission, Viewer

PLACES = (
    ("/pairings", marked("Propuestas"), Permission.PAIRING_READ),
    ("/released", marked("Liberado"), Permission.RELEASE_READ),
    ("/reviews", marked("Revisiones"), Permission.REVIEW_EXAMINE),
    ("/missing", marked("Personas"), Permission.MISSING_READ),
    ("/groups", marked("Grupos"), Permission.LINK_READ),
    ("/promises", marked("Compromisos"), Permission.CONTACT_KEEP),
    ("/desk", marked("Mesa"), Permission.REQUEST_READ),
    ("/remains", marked("Restos humanos"), Permission.REMAINS_READ),
    ("/living", marked("Con vida"), Permission.LIVING_READ),
    ("/incidents", marked("Incidentes"), Permission.INCIDENT_READ),
    ("/engine", marked("Motor"), Permission.ENGINE_READ),
    ("/imports", marked("Importar"), Permission.FILE_IMPORT),
    ("/protection", marked("Protección"), Permission.PROTECTION_LIFT),
    ("/rights", marked("Derechos"), Permission.RIGHTS_READ),
    ("/log", marked("Bitácora"), Permission.LOG_READ),
    ("/policies", marked("Reglas de acceso"), Permission.POLICY_READ),
    ("/accounts", marked("Cuentas"), Permission.ACCOUNT_ADMINISTER),
    ("/invitations", marked("Invitaciones"), Permission.ACCOUNT_CONFIRM),
    ("/tokens", marked("Programas"), Permission.ACCOUNT_CONFIRM),
    ("/terminology", marked("Glosario"), Permission.TERM_PROPOSE),
)
# Pages with an address of their own that belong to one of these places.
BELONGS = {"/decisions": "/pairings", "/unblindings": "/pairings", "/sought": "/living"}

# What one search goes through; whoever reads none of it is offered no box.
FOUND = (
    Permission.MISSING_READ,
    Permission.REMAINS_READ,
    Permission.INCIDENT_READ,
    Permission.SITE_READ,
)


def may_find(viewer: Viewer) -> bool:
    """Say whether there can be anything that a search finds for `viewer`."""
    return any(viewer.may(each) for each in FOUND)


def nav_for(viewer: Viewer, path: str, language: str) -> tuple[NavLink, ...]:
    """List the places that `viewer` may go to, with the present one marked."""
    words = translations_for(language)
    here = BELONGS.get(path, path)
    return tuple(
        NavLink(words.gettext(label), href, is_current=here.startswith(href))
        for href, label, permission in PLACES
        if viewer.may(permission)
    )
