"""What hour it is for somebody at work: their institution's country decides."""

from datetime import datetime
from zoneinfo import ZoneInfo

# The zone of the capital. Where a country has several, night there is night or nearly so for
# all; a country that is not here is not judged by the hour.
ZONES = {
    "AR": "America/Argentina/Buenos_Aires",
    "BO": "America/La_Paz",
    "BR": "America/Sao_Paulo",
    "BZ": "America/Belize",
    "CA": "America/Toronto",
    "CL": "America/Santiago",
    "CO": "America/Bogota",
    "CR": "America/Costa_Rica",
    "CU": "America/Havana",
    "DO": "America/Santo_Domingo",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "FR": "Europe/Paris",
    "GT": "America/Guatemala",
    "GY": "America/Guyana",
    "HN": "America/Tegucigalpa",
    "HT": "America/Port-au-Prince",
    "IT": "Europe/Rome",
    "JM": "America/Jamaica",
    "MX": "America/Mexico_City",
    "NI": "America/Managua",
    "PA": "America/Panama",
    "PE": "America/Lima",
    "PR": "America/Puerto_Rico",
    "PT": "Europe/Lisbon",
    "PY": "America/Asuncion",
    "SR": "America/Paramaribo",
    "SV": "America/El_Salvador",
    "TT": "America/Port_of_Spain",
    "US": "America/New_York",
    "UY": "America/Montevideo",
    "VE": "America/Caracas",
}
# Late work and early shifts stay outside; our choice, to be tuned with those who work nights.
NIGHT_BEGINS, NIGHT_ENDS = 22, 5


def is_night(at: datetime, country: str) -> bool:
    """Say whether it was night at `at` in `country`; never where the zone is not known."""
    zone = ZONES.get(country)
    if zone is None:
        return False
    hour = at.astimezone(ZoneInfo(zone)).hour
    return hour >= NIGHT_BEGINS or hour < NIGHT_ENDS
