"""Everything matching can refuse.

MatchingError
├── UnreadableModel         the model file is not what this engine needs
├── UnknownModel            no model of that name is shipped
├── UnreadableRarity        the kept figures of a run were counted otherwise
├── KindNotSupported        a kind of pairing the engine does not weigh yet
├── UnusableTable           a table has nothing that says which record is which
├── NotLearnt               linking did not settle on numbers that can be believed
├── NothingToCompare        one side has no record
├── ImpossiblePrior         more true pairs are expected than there can be
├── SearchStopped           whoever asked for the search stopped it
├── ImpossibleRange         a range whose ends are reversed, or a place off the globe
├── ImpossiblePedigree      a family that cannot be
├── UnusableFrequencies     a table of allele frequencies that cannot be used
├── UnusableMutation        a mutation model whose numbers cannot be
├── UnusableProfile         a DNA profile that cannot be weighed
├── UnreadableCase          a kinship case that is not written as such
├── UndefinedRatio          what was seen is impossible under both hypotheses
└── TooMuchToSum            an exact likelihood that would not fit in memory
"""


class MatchingError(Exception):
    """Base class for refusals of the engine."""


class UnreadableModel(MatchingError):
    """The model file is not what this engine needs; the message names the number."""


class UnknownModel(MatchingError):
    """No model of that name is shipped."""


class UnreadableRarity(MatchingError):
    """The kept figures of a run were counted otherwise than this engine counts."""


class KindNotSupported(MatchingError):
    """A kind of pairing that the engine does not weigh yet."""


class UnusableTable(MatchingError):
    """A table has nothing that says which record is which."""


class NotLearnt(MatchingError):
    """Linking did not settle on numbers that can be believed; the message says how."""


class NothingToCompare(MatchingError):
    """One side has no record."""


class ImpossiblePrior(MatchingError):
    """More true pairs are expected than one-to-one assignments allow, or none."""


class SearchStopped(MatchingError):
    """Whoever asked for the search stopped it before its end."""


class ImpossibleRange(MatchingError):
    """A range whose ends are reversed, or a place off the globe."""


class ImpossiblePedigree(MatchingError):
    """A family that cannot be, or of which something needed is not known; it says who."""


class UnusableFrequencies(MatchingError):
    """A frequency table that cannot be used, or that lacks what a case needs."""


class UnusableMutation(MatchingError):
    """A mutation model whose numbers cannot be, at some locus or at all."""


class UnusableProfile(MatchingError):
    """A profile that cannot be weighed; the message names person, locus and value."""


class UnreadableCase(MatchingError):
    """A kinship case that is not written as such cases are."""


class UndefinedRatio(MatchingError):
    """What was seen is impossible under both hypotheses, so neither is favoured."""


class TooMuchToSum(MatchingError):
    """An exact likelihood that would need more memory than there is."""
