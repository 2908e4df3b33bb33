"""The code lists both sides are described in.

The value of a member is what stands in the flat files and in the database, so renaming one
is a migration. Sources: `docs/reference/batch-tables.md`; where a list is our own choice,
it says so. A list has a member ``UNKNOWN`` only where the flat files name it; elsewhere
nothing known is ``None``, and why it is not known is an `Answer`. The file stays whole, as
lists of words are looked up together and none of it is logic.
"""

from enum import StrEnum


class Answer(StrEnum):
    """What became of a question; only `ABSENT` may ever count against a pairing."""

    RECORDED = "recorded"
    NOT_RECORDED = "not_recorded"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    ABSENT = "absent"


class Sex(StrEnum):
    """Sex of a missing or a living person, as reported."""

    FEMALE = "female"
    MALE = "male"
    INTERSEX = "intersex"
    UNKNOWN = "unknown"


class RemainsSex(StrEnum):
    """Sex of remains, as estimated."""

    FEMALE = "female"
    MALE = "male"
    PROBABLE_FEMALE = "probable_female"
    PROBABLE_MALE = "probable_male"
    INDETERMINATE = "indeterminate"
    UNKNOWN = "unknown"


class SexMethod(StrEnum):
    """What the estimate of the sex of remains rests on."""

    GENETIC = "genetic"
    PELVIS = "pelvis"
    SKULL = "skull"
    EXTERNAL = "external"
    CLOTHING = "clothing"
    UNKNOWN = "unknown"


class StatureBasis(StrEnum):
    """Who or what says how tall a missing or living person is."""

    DOCUMENT = "document"
    MEASURED = "measured"
    FAMILY = "family"
    SELF = "self"
    UNKNOWN = "unknown"


class RemainsStatureBasis(StrEnum):
    """How the stature of remains was found."""

    MEASURED = "measured"
    LONG_BONE = "long_bone"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


class Condition(StrEnum):
    """Condition of remains, numbered as by the Pima County medical examiner.

    The usual intervals beside them were observed in the Sonoran desert and hold nowhere
    else without their own table. `OTHER` is no step of the sequence: burnt, immersed,
    saponified.
    """

    FULLY_FLESHED = "1"
    DECOMPOSED = "2"
    FOCAL_SKELETONISATION = "3"
    SKELETONISED_AND_MUMMIFIED = "4"
    SKELETONISED_ARTICULATED = "5"
    SKELETONISED_DISARTICULATED = "6"
    BONE_DEGRADED = "7"
    OTHER = "8"


class Completeness(StrEnum):
    """How much of a person was recovered."""

    COMPLETE = "complete"
    NEAR_COMPLETE = "near_complete"
    PARTIAL = "partial"
    ELEMENT = "element"
    UNKNOWN = "unknown"


class HairColour(StrEnum):
    """Colour of the hair of the head; our list, wide enough for NamUs and INTERPOL."""

    BLACK = "black"
    DARK_BROWN = "dark_brown"
    BROWN = "brown"
    LIGHT_BROWN = "light_brown"
    BLOND = "blond"
    SANDY = "sandy"
    RED = "red"
    GREY = "grey"
    WHITE = "white"
    BALD = "bald"
    DYED = "dyed"
    OTHER = "other"


class EyeColour(StrEnum):
    """Colour of the eyes; our list."""

    BLACK = "black"
    DARK_BROWN = "dark_brown"
    BROWN = "brown"
    LIGHT_BROWN = "light_brown"
    HAZEL = "hazel"
    GREEN = "green"
    BLUE = "blue"
    GREY = "grey"
    TWO_COLOURS = "two_colours"
    OTHER = "other"


class Build(StrEnum):
    """Build of the person; our list."""

    VERY_THIN = "very_thin"
    SLIM = "slim"
    MEDIUM = "medium"
    MUSCULAR = "muscular"
    HEAVY = "heavy"
    VERY_HEAVY = "very_heavy"


class Handedness(StrEnum):
    """The hand a person prefers."""

    RIGHT = "right"
    LEFT = "left"
    BOTH = "both"


class BloodGroup(StrEnum):
    """ABO group, with the rhesus factor where it is known."""

    O = "o"  # noqa: E741 - the name of the group
    O_POSITIVE = "o_positive"
    O_NEGATIVE = "o_negative"
    A = "a"
    A_POSITIVE = "a_positive"
    A_NEGATIVE = "a_negative"
    B = "b"
    B_POSITIVE = "b_positive"
    B_NEGATIVE = "b_negative"
    AB = "ab"
    AB_POSITIVE = "ab_positive"
    AB_NEGATIVE = "ab_negative"


class MarkType(StrEnum):
    """Kinds of distinguishing marks (minimum data set, section 8)."""

    TATTOO = "tattoo"
    SCAR = "scar"
    SURGICAL_SCAR = "surgical_scar"
    MOLE = "mole"
    BIRTHMARK = "birthmark"
    PIERCING = "piercing"
    AMPUTATION = "amputation"
    DEFORMITY = "deformity"
    OLD_FRACTURE = "old_fracture"
    BURN = "burn"
    MISSING_TOOTH_VISIBLE = "missing_tooth_visible"
    CIRCUMCISION = "circumcision"
    PROSTHESIS = "prosthesis"
    NAILS = "nails"
    SKIN_CONDITION = "skin_condition"
    OTHER = "other"


class ToothState(StrEnum):
    """What a chart says of one tooth; our list, wide enough for INTERPOL's and WinID3's."""

    SOUND = "sound"
    DECAYED = "decayed"
    FRACTURED = "fractured"
    RESTORED = "restored"
    VENEER = "veneer"
    CROWN = "crown"
    BRIDGE_ABUTMENT = "bridge_abutment"
    ROOT_FILLED = "root_filled"
    ROOT_ONLY = "root_only"
    MISSING = "missing"
    PONTIC = "pontic"
    IMPLANT = "implant"
    UNERUPTED = "unerupted"
    MISSING_POST_MORTEM = "missing_post_mortem"
    MISSING_UNKNOWN = "missing_unknown"
    NOT_EXAMINED = "not_examined"


class BodySite(StrEnum):
    """Where a mark is, head to foot; the side is told apart by `Side`. Our list."""

    HEAD = "head"
    SCALP = "scalp"
    FACE = "face"
    FOREHEAD = "forehead"
    TEMPLE = "temple"
    EYEBROW = "eyebrow"
    EYELID = "eyelid"
    EYE = "eye"
    EAR = "ear"
    EARLOBE = "earlobe"
    NOSE = "nose"
    NOSTRIL = "nostril"
    CHEEK = "cheek"
    LIP = "lip"
    MOUTH = "mouth"
    TONGUE = "tongue"
    TOOTH = "tooth"
    CHIN = "chin"
    JAW = "jaw"
    NECK = "neck"
    NAPE = "nape"
    THROAT = "throat"
    COLLARBONE = "collarbone"
    SHOULDER = "shoulder"
    SHOULDER_BLADE = "shoulder_blade"
    ARMPIT = "armpit"
    ARM = "arm"
    UPPER_ARM = "upper_arm"
    ELBOW = "elbow"
    FOREARM = "forearm"
    WRIST = "wrist"
    HAND = "hand"
    PALM = "palm"
    THUMB = "thumb"
    INDEX_FINGER = "index_finger"
    MIDDLE_FINGER = "middle_finger"
    RING_FINGER = "ring_finger"
    LITTLE_FINGER = "little_finger"
    FINGER = "finger"
    FINGERNAIL = "fingernail"
    CHEST = "chest"
    BREAST = "breast"
    RIBS = "ribs"
    ABDOMEN = "abdomen"
    NAVEL = "navel"
    SIDE = "side"
    UPPER_BACK = "upper_back"
    LOWER_BACK = "lower_back"
    BACK = "back"
    HIP = "hip"
    BUTTOCK = "buttock"
    GROIN = "groin"
    GENITALS = "genitals"
    LEG = "leg"
    THIGH = "thigh"
    KNEE = "knee"
    SHIN = "shin"
    CALF = "calf"
    ANKLE = "ankle"
    FOOT = "foot"
    HEEL = "heel"
    SOLE = "sole"
    BIG_TOE = "big_toe"
    TOE = "toe"
    TOENAIL = "toenail"
    WHOLE_BODY = "whole_body"


class Side(StrEnum):
    """Side of the person, not of the one who looks."""

    LEFT = "left"
    RIGHT = "right"
    MIDDLE = "middle"
    BOTH = "both"


class ArticleItem(StrEnum):
    """What a person wore or carried; our list, for clothing and belongings alike."""

    SHIRT = "shirt"
    T_SHIRT = "t_shirt"
    POLO_SHIRT = "polo_shirt"
    BLOUSE = "blouse"
    TANK_TOP = "tank_top"
    SWEATER = "sweater"
    SWEATSHIRT = "sweatshirt"
    JACKET = "jacket"
    COAT = "coat"
    VEST = "vest"
    SUIT = "suit"
    DRESS = "dress"
    SKIRT = "skirt"
    TROUSERS = "trousers"
    JEANS = "jeans"
    SHORTS = "shorts"
    SWEATPANTS = "sweatpants"
    LEGGINGS = "leggings"
    UNIFORM = "uniform"
    PYJAMAS = "pyjamas"
    SWIMWEAR = "swimwear"
    RAINWEAR = "rainwear"
    LIFE_JACKET = "life_jacket"
    UNDERPANTS = "underpants"
    UNDERSHIRT = "undershirt"
    BRA = "bra"
    SOCKS = "socks"
    TIGHTS = "tights"
    BELT = "belt"
    SHOES = "shoes"
    SNEAKERS = "sneakers"
    BOOTS = "boots"
    SANDALS = "sandals"
    SLIPPERS = "slippers"
    CAP = "cap"
    HAT = "hat"
    SCARF = "scarf"
    BANDANA = "bandana"
    GLOVES = "gloves"
    TIE = "tie"
    GLASSES = "glasses"
    SUNGLASSES = "sunglasses"
    CONTACT_LENSES = "contact_lenses"
    WATCH = "watch"
    RING = "ring"
    WEDDING_RING = "wedding_ring"
    CHAIN = "chain"
    NECKLACE = "necklace"
    PENDANT = "pendant"
    BRACELET = "bracelet"
    EARRING = "earring"
    ROSARY = "rosary"
    RELIGIOUS_IMAGE = "religious_image"
    AMULET = "amulet"
    BACKPACK = "backpack"
    BAG = "bag"
    HANDBAG = "handbag"
    WALLET = "wallet"
    PHONE = "phone"
    SIM_CARD = "sim_card"
    DOCUMENT = "document"
    PAPER_NOTE = "paper_note"
    PHOTOGRAPH = "photograph"
    BOOK = "book"
    MONEY = "money"
    KEYS = "keys"
    MEDICINE = "medicine"
    WATER_BOTTLE = "water_bottle"
    FOOD = "food"
    BLANKET = "blanket"
    KNIFE = "knife"
    LIGHTER = "lighter"
    COSMETICS = "cosmetics"
    TOY = "toy"
    OTHER = "other"


class Colour(StrEnum):
    """Colours of articles."""

    BLACK = "black"
    WHITE = "white"
    GREY = "grey"
    BROWN = "brown"
    BEIGE = "beige"
    RED = "red"
    DARK_RED = "dark_red"
    PINK = "pink"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    DARK_GREEN = "dark_green"
    TURQUOISE = "turquoise"
    BLUE = "blue"
    DARK_BLUE = "dark_blue"
    LIGHT_BLUE = "light_blue"
    PURPLE = "purple"
    GOLD = "gold"
    SILVER = "silver"
    CAMOUFLAGE = "camouflage"
    SEVERAL = "several"
    TRANSPARENT = "transparent"
    OTHER = "other"


STATELESS = "stateless"
"""Stands in a list of nationalities beside the codes of countries."""

_ALPHA_2 = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN "
    "BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ "
    "DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL "
    "GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM "
    "JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME "
    "MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP "
    "NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD "
    "SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO "
    "TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
)

COUNTRIES = frozenset(_ALPHA_2.split())
"""ISO 3166-1 alpha-2, and XK, which the standard leaves to its users, for Kosovo."""
