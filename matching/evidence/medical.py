"""Weight of the serial numbers of implants: borne in the body, and nobody else's."""

from dataclasses import dataclass

from matching.evidence.numbers import OpenShare, log10_capped, mixed
from matching.evidence.papers import FoundAgain, compare_numbers, numbers_of
from matching.evidence.weight import Kind, Reason, Weight
from matching.records import MissingRecord, RemainsRecord

Serials = tuple[tuple[str, str], ...]
"""An empty scheme and the number, as `compare_numbers` takes them."""
REASONS = (Reason.SERIAL_DIFFERS, Reason.SERIAL_NEAR, Reason.SERIAL_SAME)
"""By how well the numbers agree: not, nearly, wholly."""


@dataclass(frozen=True, slots=True)
class MedicalParameters:
    """How serial numbers told and found agree, and how often a device is another one."""

    unrelated: OpenShare
    serial: FoundAgain


def weigh_medical(
    missing: MissingRecord, remains: RemainsRecord, parameters: MedicalParameters
) -> Weight | None:
    """Weigh the serial numbers of implants.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
        Those of `id_numbers` whose scheme is one of `matching.evidence.written.IMPLANTS`.
    parameters : MedicalParameters
        Table ``medical`` of the model file.

    Returns
    -------
    Weight or None
        Never below ``log10(unrelated)``, as devices are replaced. None unless both sides
        have a number: fractures, prostheses and amputations without one are marks.

    Notes
    -----
    Method, derivation and limits: ``docs/methods/medical.md``.
    """
    return weigh_serials(told_serials(missing), seen_serials(remains), parameters)


def weigh_serials(told: Serials, seen: Serials, parameters: MedicalParameters) -> Weight | None:
    """Weigh two lists of serial numbers; see `weigh_medical`."""
    compared = compare_numbers(
        told, seen, parameters.serial, lambda _: parameters.serial.unshared
    )
    if compared is None:
        return None
    weight = log10_capped(mixed(parameters.unrelated, compared.ratio))
    return Weight(Kind.MEDICAL, weight, REASONS[compared.level])


def told_serials(missing: MissingRecord) -> Serials:
    """List the serial numbers told; the device's name is not compared, only its number."""
    return tuple(("", number) for _, number in numbers_of(missing.id_numbers, implants=True))


def seen_serials(remains: RemainsRecord) -> Serials:
    """List the serial numbers found."""
    return tuple(("", number) for _, number in numbers_of(remains.id_numbers, implants=True))
