"""What one viewer is shown of a proposal among those that compete with it."""

from dataclasses import dataclass

from casework.candidates.joint import Rival, Together
from casework.candidates.presenters import share_words
from casework.web.described import Teller


@dataclass(frozen=True, slots=True)
class ShownRival:
    """Another proposal of one of the two records."""

    href: str
    reference: str
    share: str

    @classmethod
    def of(cls, rival: Rival, teller: Teller) -> "ShownRival":
        return cls(
            f"/pairings/{rival.pairing_id}",
            rival.reference,
            share_words(rival.posterior, teller),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTogether:
    """The block “taken together” of a comparison."""

    pairs: int
    share: str
    nobody_for_person: str
    nobody_for_remains: str
    chosen: str
    rivals_of_person: tuple[ShownRival, ...]
    rivals_of_remains: tuple[ShownRival, ...]

    @classmethod
    def of(cls, together: Together, teller: Teller) -> "ShownTogether":
        return cls(
            pairs=together.pairs,
            share=share_words(together.posterior, teller),
            nobody_for_person=share_words(together.nobody_for_person, teller),
            nobody_for_remains=share_words(together.nobody_for_remains, teller),
            chosen=_chosen_words(together, teller),
            rivals_of_person=tuple(
                ShownRival.of(each, teller) for each in together.rivals_of_person
            ),
            rivals_of_remains=tuple(
                ShownRival.of(each, teller) for each in together.rivals_of_remains
            ),
        )


def _chosen_words(together: Together, teller: Teller) -> str:
    _ = teller.gettext
    if not together.is_chosen:
        return _("En el reparto conjunto más probable no está este par.")
    if together.is_tied:
        return _(
            "En el reparto conjunto más probable está este par, pero otro reparto sin él es "
            "igual de probable: lo registrado no los distingue."
        )
    return _("En el reparto conjunto más probable está este par.")
