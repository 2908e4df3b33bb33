"""What the pages of profiles are given. Templates receive these, never rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from casework.profiles import words
from casework.profiles.bringing import Brought
from casework.profiles.bringing import Kept as Result
from casework.profiles.model import Extent, MarkerKind, Profile
from casework.profiles.queries import Kept, Opened
from casework.profiles.weighing import MITOCHONDRIAL, Noticed, Remark
from casework.samples.presenters import donor_words
from casework.samples.queries import Rack
from casework.samples.words import KIND_WORDS as SAMPLE_WORDS
from casework.web.described import Teller
from casework.web.pieces import Choice, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProfile:
    """One profile, with nothing of what was read."""

    reference: str
    href: str
    sample: str
    whose: str
    kind: str
    loci: str
    extent: str
    tone: str
    source: str
    kept: str
    replaces: str
    stands: bool
    has_consent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLocus:
    """One row of the table of genotypes."""

    name: str
    alleles: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSpecimen:
    """One specimen of a file before it is kept, and what was noticed."""

    name: str
    told: str
    chosen: str
    loci: tuple[ShownLocus, ...] = field(repr=False)
    remarks: tuple[str, ...] = field(repr=False)
    refusals: tuple[str, ...]
    was_kept: bool


def shown_profiles(rack: Rack, profiles: Sequence[Kept], teller: Teller) -> list[ShownProfile]:
    """Put profiles into words, those that stand first."""
    names = {each.profile.id: each.profile.reference for each in profiles}
    shown = [
        shown_profile(rack, each, teller, replaces=names.get(each.profile.replaces_id or 0, ""))
        for each in profiles
    ]
    return sorted(shown, key=lambda each: not each.stands)


def shown_profile(
    rack: Rack, kept: Kept, teller: Teller, *, replaces: str = ""
) -> ShownProfile:
    """Put one profile into words."""
    _ = teller.gettext
    profile = kept.profile
    return ShownProfile(
        reference=profile.reference,
        href=f"{base_of(rack)}/{profile.reference}",
        sample=kept.sample.reference,
        whose=donor_words(rack, kept.sample, teller),
        kind=_(words.KIND_WORDS[profile.marker_kind]),
        loci=loci_words(profile, teller),
        extent=_(words.EXTENT_WORDS[profile.extent]),
        tone="done" if profile.extent is Extent.WHOLE else "plain",
        source=_(words.SOURCE_WORDS[profile.source]),
        kept=teller.day(profile.entered_at.date()),
        replaces=replaces,
        stands=kept.stands,
        has_consent=kept.has_consent,
    )


def loci_words(profile: Profile, teller: Teller) -> str:
    """Say how many loci there are; of a row that only withdraws another, nothing."""
    if profile.extent is Extent.NOTHING:
        return ""
    return count_words(profile.marker_kind, profile.loci_count, teller)


def profile_facts(kept: Kept, teller: Teller) -> tuple[Fact, ...]:
    """Tell where a profile comes from; kit and laboratory once it is open."""
    _ = teller.gettext
    profile = kept.profile
    facts = [
        Fact(_("Analizado el"), teller.day(profile.analysed_on)),
        Fact(_("De dónde viene"), _(words.SOURCE_WORDS[profile.source])),
        Fact(_("Huella del archivo (SHA-256)"), _in_groups(profile.file_sha256)),
        Fact(_("Guardado el"), teller.day(profile.entered_at.date())),
    ]
    if isinstance(kept, Opened):
        details = kept.details
        facts += [Fact(_(label), details.get(key, "")) for key, label in words.DETAILS.items()]
    return tuple(each for each in facts if each.text)


def shown_loci(genotypes: Mapping[str, Sequence[str]]) -> tuple[ShownLocus, ...]:
    """Give a plain table of genotypes."""
    return tuple(
        ShownLocus(name=name, alleles=", ".join(alleles)) for name, alleles in genotypes.items()
    )


def shown_specimen(
    brought: Brought,
    teller: Teller,
    *,
    of_remains: bool,
    chosen: str = "",
    result: Result | None = None,
) -> ShownSpecimen:
    """Put one specimen of a file into words."""
    _ = teller.gettext
    told = [
        f"{_(words.KIND_WORDS[kind])}: {count_words(kind, _counted(own), teller)}"
        for kind, own in brought.assembled.genotypes.items()
    ]
    result = result or Result()
    return ShownSpecimen(
        name=brought.specimen.name or _("sin nombre"),
        told="; ".join(told) or _("nada que se pueda guardar"),
        chosen=chosen or (str(brought.sample.id) if brought.sample else ""),
        loci=tuple(
            locus for own in brought.assembled.genotypes.values() for locus in shown_loci(own)
        ),
        remarks=tuple(
            remark_words(each, teller, of_remains=of_remains)
            for each in brought.assembled.noticed
        ),
        refusals=tuple(_(each) for each in result.refusals),
        was_kept=result.kept > 0,
    )


def remark_words(noticed: Noticed, teller: Teller, *, of_remains: bool) -> str:
    """Say what was noticed at one locus, with the value."""
    told = teller.gettext(words.REMARK_WORDS[noticed.remark]) % {
        "locus": noticed.locus,
        "alleles": ", ".join(noticed.alleles),
        "read_as": noticed.read_as,
    }
    if of_remains and noticed.remark is Remark.SINGLE_TAKEN:
        lost = teller.gettext("En restos el otro alelo pudo perderse: consulte al laboratorio.")
        return f"{told} {lost}"
    return told


def sample_choices(rack: Rack, teller: Teller) -> list[Choice]:
    """List the samples that a specimen can be of."""
    return [
        Choice(
            str(each.sample.id),
            ", ".join(
                part
                for part in (
                    each.sample.reference,
                    str(each.sample.details.get("label", "")),
                    teller.gettext(SAMPLE_WORDS[each.sample.kind]),
                    donor_words(rack, each.sample, teller),
                )
                if part
            ),
        )
        for each in rack.samples
        if each.has_consent
    ]


def single_choices(teller: Teller) -> list[Choice]:
    """List what one allele alone may mean."""
    return [Choice(each, teller.gettext(text)) for each, text in words.SINGLE_WORDS.items()]


def base_of(rack: Rack) -> str:
    """Give the address of a record's profiles."""
    return f"/{rack.side.register}/{rack.case.reference}/profiles"


def _in_groups(digest: str) -> str:
    """Write a hash so that a line may end within it."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def _counted(genotypes: Mapping[str, Sequence[str]]) -> int:
    only = genotypes.get(MITOCHONDRIAL)
    return len(genotypes) if only is None else len(only)


def count_words(kind: MarkerKind, count: int, teller: Teller) -> str:
    """Say how many loci, or of mtDNA how many differences, there are."""
    if kind is MarkerKind.MTDNA:
        text = teller.ngettext(
            "%(count)d diferencia con la referencia",
            "%(count)d diferencias con la referencia",
            count,
        )
    else:
        text = teller.ngettext("%(count)d locus", "%(count)d loci", count)
    return text % {"count": count}
