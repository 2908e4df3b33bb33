"""Whose work stands in the product; the files themselves lie beside a CREDITS.md each."""

from dataclasses import dataclass

from casework.web.languages import marked


@dataclass(frozen=True, slots=True)
class Credit:
    """Somebody's data or code, and on what terms it may be used."""

    what: str
    whose: str
    licence: str
    href: str = ""


CREDITS = (
    Credit(
        marked("Incidentes reales de las Américas"),
        "International Organization for Migration (IOM), Missing Migrants Project",
        "CC BY 4.0",
        "https://missingmigrants.iom.int",
    ),
    Credit(
        marked("Lugares de las rutas"),
        "GeoNames; IOM Missing Migrants Project",
        "CC BY 4.0",
        "https://www.geonames.org",
    ),
    Credit(
        marked("Contornos de los países"),
        "Natural Earth; world-atlas, Mike Bostock",
        marked("dominio público; ISC"),
    ),
    Credit(
        marked("Contornos de los estados de Estados Unidos"),
        "US Census Bureau; us-atlas, Mike Bostock",
        marked("dominio público; ISC"),
    ),
    Credit(marked("Divisiones de los demás países"), "Natural Earth", "MIT"),
    Credit(
        marked("Nombres de las personas inventadas"),
        "datamx; Wikidata; popular-names-by-country",
        "CC0",
    ),
    Credit(
        marked("Proporciones de lo que falta en los expedientes"),
        "NamUs, National Missing and Unidentified Persons System",
        marked("solo agregados"),
        "https://namus.nij.ojp.gov",
    ),
    Credit(
        marked("Frecuencias de alelos de la demostración"),
        "NIST 1036 U.S. Population Dataset, 2017 (Hill et al. 2013; Steffen et al. 2017)",
        marked("dominio público"),
        "https://strbase.nist.gov",
    ),
    Credit("htmx", "Big Sky Software", "0BSD", "https://htmx.org"),
)
