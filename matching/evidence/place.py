"""Weight of the places: where the person was last heard of, where the remains were."""

from matching.evidence.crowding import crowd_density, reach_of
from matching.evidence.journeys import (
    PlaceParameters,
    distance_km,
    journey_density,
    radius_km,
    variance_km2,
)
from matching.evidence.numbers import log10_capped, mixed
from matching.evidence.rarity import Rarity, Region, region_of
from matching.evidence.weight import Kind, Reason, Weight
from matching.records import MissingRecord, RemainsRecord


def weigh_place(
    missing: MissingRecord,
    remains: RemainsRecord,
    parameters: PlaceParameters,
    rarity: Rarity,
) -> Weight | None:
    """Weigh the distance from the last contact to the recovery.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
        `place` with its precision; where either lacks one, `country` and `admin1`.
    parameters : PlaceParameters
        Table ``place`` of the model file.
    rarity : Rarity
        Where the people of this registry were last heard of, and where remains were found.

    Returns
    -------
    Weight or None
        ``log10 [density of journeys at this distance / (density of everybody's journeys
        there × reach of the last contact)]``, never below ``log10(unrelated)``. None where
        neither points nor countries can be compared.

    Notes
    -----
    Method, derivation and limits: ``docs/methods/place.md``.
    """
    if missing.place is None or remains.place is None:
        return weigh_region(region_of(missing), region_of(remains), parameters, rarity)
    km = distance_km(missing.place, remains.place)
    spread = variance_km2(missing.place, parameters) + variance_km2(remains.place, parameters)
    journeys = journey_density(km, spread, parameters.distance)
    crowd = crowd_density(remains.place, parameters, rarity.crowds)
    ratio = journeys / (crowd * reach_of(missing.place, parameters, rarity.crowds))
    facts = (
        ("distance_km", km),
        ("radius_missing_km", radius_km(missing.place, parameters)),
        ("radius_remains_km", radius_km(remains.place, parameters)),
    )
    weight = log10_capped(mixed(parameters.unrelated, ratio))
    return Weight(Kind.PLACE, weight, Reason.PLACE_DISTANCE, facts)


def weigh_region(
    missing: Region, remains: Region, parameters: PlaceParameters, rarity: Rarity
) -> Weight | None:
    """Weigh regions and countries, where either side lacks a point.

    Parameters
    ----------
    missing, remains : (country, region)
        As `region_of` gives them.
    parameters : PlaceParameters
    rarity : Rarity

    Returns
    -------
    Weight or None
        None unless both countries are known.
    """
    if not missing[0] or not remains[0]:
        return None
    ratio, reason = region_ratio(missing, remains, parameters, rarity)
    facts = (
        ("missing_country", missing[0]),
        ("missing_region", missing[1]),
        ("remains_country", remains[0]),
        ("remains_region", remains[1]),
    )
    return Weight(Kind.PLACE, log10_capped(mixed(parameters.unrelated, ratio)), reason, facts)


def region_ratio(
    missing: Region,
    remains: Region,
    parameters: PlaceParameters,
    rarity: Rarity,
) -> tuple[float, Reason]:
    """Likelihood ratio of finding someone in this region, or only in this country.

    Parameters
    ----------
    missing, remains : (country, region)
        Country as ISO 3166-1 alpha-2; region is "" where unknown. Regions are compared
        where both are known, countries otherwise.
    parameters : PlaceParameters
    rarity : Rarity
        Shares of the registry's remains by region and country.

    Returns
    -------
    (float, Reason)
        Share expected of true pairs over share of the registry, for the outcome met: same
        region, same country, or another country.
    """
    shares = parameters.region
    country = rarity.country_share(missing[0], shares.share_records)
    if missing[0] != remains[0]:
        return (1 - shares.same_country) / (1 - country), Reason.PLACE_OTHER_COUNTRY
    if not missing[1] or not remains[1]:
        return shares.same_country / country, Reason.PLACE_SAME_COUNTRY
    region = country * rarity.region_share(missing, shares.share_records)
    if missing[1] == remains[1]:
        return shares.same_region / region, Reason.PLACE_SAME_REGION
    ratio = (shares.same_country - shares.same_region) / (country - region)
    return ratio, Reason.PLACE_SAME_COUNTRY
