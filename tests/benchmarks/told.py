"""What is told in the four tasks: the same invented words for every program.

A mother in Choluteca reports her son over a bad line; a dentist dictates 32 teeth; somebody
asks for the son as the name sounded; the mother takes back what she allowed. Nobody of them
exists.
"""

CALLER = "Rosa Elena Zavala Mejía"
CONTACT = "+504 9712-4408, después de las 6"
LANGUAGE = "Español"
GIVEN, FIRST_SURNAME, SECOND_SURNAME = "Wilmer Antonio", "Baquedano", "Zavala"
NAME = f"{GIVEN} {FIRST_SURNAME} {SECOND_SURNAME}"
NICKNAME, AGE = "Mito", "24"
PLACE, STATE, COUNTRY = "Tapachula", "Chiapas", "México"
DESTINATION = "Houston"
# As each program takes a day with the fewest keys.
BORN = {"iso": "2001-5-14", "slashes": "14/5/2001", "digits": "14052001", "full": "14/05/2001"}
LAST_SEEN = {
    "iso": "2026-2-21",
    "slashes": "21/2/2026",
    "digits": "21022026",
    "full": "21/02/2026",
}

MISSPELT = "Wilber Bakedano Savala"
# What an open-minded search engine needs to be told of each word.
MISSPELT_FUZZY = "Wilber~ Bakedano~ Savala~"
SURNAMES = f"{FIRST_SURNAME} {SECOND_SURNAME}"

TEETH = (
    "16 OD amalgama, 26 corona, 46 O resina, 36 perdido en vida, 18 ausente, 28 ausente, "
    "38 ausente, 48 ausente, demás sanos"
)
# The same teeth in the order of a chart, each as a choice in a list would be typed.
_OTHERWISE = {
    **dict.fromkeys((18, 28, 38, 48), "au"),
    16: "am",
    26: "co",
    36: "pe",
    46: "re",
}
_ORDER = (*range(18, 10, -1), *range(21, 29), *range(38, 30, -1), *range(41, 49))
CHART = {tooth: _OTHERWISE.get(tooth, "sa") for tooth in _ORDER}
