"""The four tasks in Primero and Uwazi, act by act, read from the source they publish.

Neither runs here: no Docker daemon, no Ruby stack, no MongoDB and no Elasticsearch. So each act
is what the named file makes necessary, and in doubt it is left out or taken as the shorter one:
lists are taken to be filled, the quickest field to be next, a template of Uwazi to be made for
just this call. Nobody has clicked through either program for these figures.
"""

from dataclasses import dataclass

from tests.benchmarks import told
from tests.benchmarks.hands import Tally

PRIMERO, UWAZI = "Primero", "Uwazi"
# The versions read, as the stored copies of the repositories name them.
FILES = {
    "record-list": ("record-list/add-record-menu.jsx", "04564f9c"),
    "row": ("record-list/container.jsx", "bf31b48e"),
    "toolbar": ("record-form/form/record-form-toolbar.jsx", "0352115c"),
    "nav": ("record-form/nav/components/nav-group/component.jsx", "35631564"),
    "inquirer": ("db/configuration/forms/tracing_request/inquirer.rb", "10d9e9b3"),
    "traced": ("db/configuration/forms/tracing_request/tracing_request.rb", "671744fd"),
    "subform": ("record-form/form/subforms/subform-dialog/component.jsx", "00dd774b"),
    "consent": ("db/configuration/forms/case/data_confidentiality.rb", "0b0b2e0d"),
    "date": ("record-form/form/field-types/date-field-picker.jsx", "05af83c0"),
    "select": ("record-form/form/field-types/select-field.jsx", "034afaca"),
    "search": ("index-filters/components/search-box/component.jsx", "19f9ec35"),
    "phonetic": ("app/services/search/phonetic_search_query.rb", "6d2598b8"),
    "metaphone": ("app/services/language_service.rb", "d4c3943c"),
    "footer": ("app/react/Library/components/LibraryFooter.tsx", "04943fec"),
    "card": ("app/react/Library/components/Doc.tsx", "2ea6b818"),
    "share": ("app/react/Permissions/components/ShareEntityModal.tsx", "fb08dd88"),
    "form": ("app/react/Metadata/components/MetadataForm.tsx", "36ee80f4"),
    "fields": ("app/react/Metadata/components/MetadataFormFields.tsx", "36ee80f4"),
    "buttons": ("app/react/Metadata/components/MetadataFormButtons.tsx", "36ee80f4"),
    "picker": ("app/react/Forms/components/DatePicker.jsx", "50516890"),
    "list": ("app/react/Forms/components/Select.tsx", "36ee80f4"),
    "bar": ("app/react/Library/components/SearchBar.tsx", "0f5438a9"),
    "query": ("app/api/search/documentQueryBuilder.js", "005b5c49"),
}


@dataclass(frozen=True)
class Act:
    """One act: what for, the file that makes it necessary, and how the hands do it."""

    what: str
    file: str
    writes: str = ""
    tabs: int | None = None  # to the field; None is with the mouse
    ends: int = 0  # keys after the text: Enter in a list that completes
    goes_on: bool = False  # more of what was being entered
    turns: bool = False  # a page, or a dialog over it, comes
    is_field: bool = False


def press(what, file, *, turns=False):
    return Act(what, file, turns=turns)


def write(what, file, text, *, tabs=1, ends=0, goes_on=False):
    return Act(what, file, text, tabs, ends, goes_on, is_field=True)


def by_key(what, file, *, turns=False):
    """Enter, where the hands already are."""
    return Act(what, file, tabs=0, ends=1, turns=turns)


def counted(acts):
    """Let the hands do these acts, by the rule that counts reunir's."""
    tally = Tally()
    for act in acts:
        if not act.goes_on:
            tally.decide()
        if act.is_field:
            tally.fields += 1
        tally.go(act.tabs)
        tally.write(act.writes) if act.writes else None
        tally.press(act.ends) if act.ends else None
        tally.pages += act.turns
    return tally


def _case_of_primero(search, *, by_name):
    toggle = [press("search by name, not by number", "search")] if by_name else []
    return [
        press("Cases or Tracing Requests, in the menu", "record-list", turns=True),
        *toggle,
        write("what is searched", "search", search, tabs=None),
        by_key("search", "search"),
        press("the row of the list", "row", turns=True),
    ]


def _card_of_uwazi(search):
    return [
        write("what is searched", "bar", search, tabs=None),
        by_key("search", "bar", turns=True),
        press("the card", "card"),
    ]


def _chart(file, *, ends):
    """A list for each tooth, once built; a run of the same is one thought."""
    acts, before = [], ""
    for tooth, state in told.CHART.items():
        acts.append(write(f"{tooth}", file, state, ends=ends, goes_on=state == before))
        before = state
    return acts


PRIMERO_REPORT = [
    press("Tracing Requests, in the menu", "record-list", turns=True),
    press("New", "record-list", turns=True),
    write("name of the inquirer", "inquirer", told.CALLER, tabs=None),
    write("language", "inquirer", "Spa", tabs=4, ends=1),
    write("telephone", "inquirer", told.CONTACT, tabs=6),
    write("date of separation", "date", told.LAST_SEEN["digits"]),
    write("last location", "inquirer", told.PLACE, tabs=4, ends=1),
    press("the form Tracing Request", "nav"),
    press("Add", "subform", turns=True),
    write("name", "traced", told.NAME, tabs=3),
    write("relation", "traced", "Mo", ends=1),
    write("nickname", "traced", told.NICKNAME),
    write("sex", "traced", "M", tabs=2, ends=1),
    write("age", "traced", told.AGE),
    write("date of birth", "date", told.BORN["digits"]),
    press("Add, in the dialog", "subform"),
    press("Save", "toolbar", turns=True),
]
UWAZI_REPORT = [
    press("Create entity", "footer", turns=True),
    write("title: the name", "form", told.NAME, tabs=None),
    write("kinship of who calls", "list", "ma", tabs=3),
    write("name of who calls", "fields", told.CALLER),
    write("how to call back", "fields", told.CONTACT),
    write("language", "list", "es"),
    write("consent to the search", "list", "s"),
    write("consent to show the name", "list", "s"),
    write("until when", "list", "2"),
    write("nickname", "fields", told.NICKNAME),
    write("sex", "list", "h"),
    write("age", "fields", told.AGE),
    write("date of birth", "picker", told.BORN["full"]),
    write("nationality", "list", "hon"),
    write("date of the last contact", "picker", told.LAST_SEEN["full"]),
    write("place", "fields", f"{told.PLACE}, {told.STATE}, {told.COUNTRY}"),
    write("destination", "fields", told.DESTINATION),
    press("Save", "buttons"),
]
HALF = "KG2V"  # as on a label
_PRIMERO_EDITS = [press("Edit", "toolbar", turns=True), press("the form, in the menu", "nav")]
_UWAZI_EDITS = [press("Edit", "buttons")]
# Task → program → variants: (words, acts, what is reached).
TASKS = {
    "report": {
        PRIMERO: [("", PRIMERO_REPORT, "11 of 16 facts")],
        UWAZI: [("a template made for this call", UWAZI_REPORT, "16 of 16 facts")],
    },
    "odontogram": {
        PRIMERO: [
            (
                "as text",
                [
                    *_case_of_primero(HALF, by_name=False),
                    *_PRIMERO_EDITS,
                    write("the teeth, in a text field", "nav", told.TEETH, tabs=None),
                    press("Save", "toolbar", turns=True),
                ],
                "words; no chart, nothing compared",
            ),
            (
                "a form built with 32 lists",
                [
                    *_case_of_primero(HALF, by_name=False),
                    *_PRIMERO_EDITS,
                    *_chart("select", ends=1),
                    press("Save", "toolbar", turns=True),
                ],
                "32 codes without faces; no chart, nothing compared",
            ),
        ],
        UWAZI: [
            (
                "as text",
                [
                    *_card_of_uwazi(HALF),
                    *_UWAZI_EDITS,
                    write("the teeth, in a text field", "fields", told.TEETH, tabs=None),
                    press("Save", "buttons"),
                ],
                "words; no chart, nothing compared",
            ),
            (
                "a template with 32 lists",
                [
                    *_card_of_uwazi(HALF),
                    *_UWAZI_EDITS,
                    *_chart("list", ends=0),
                    press("Save", "buttons"),
                ],
                "32 codes without faces; no chart, nothing compared",
            ),
        ],
    },
    "misspelt": {
        PRIMERO: [
            (
                "by sound",
                _case_of_primero(told.MISSPELT, by_name=True),
                "by 2 of 3 words, among all whose names sound like one of them",
            )
        ],
        UWAZI: [
            ("as typed", _card_of_uwazi(told.MISSPELT)[:2], "not found"),
            ("with ~ after each word", _card_of_uwazi(told.MISSPELT_FUZZY), "found"),
        ],
    },
    "withdrawal": {
        PRIMERO: [
            (
                "of a child's case; a tracing request has no field for it",
                [
                    *_case_of_primero(told.SURNAMES, by_name=True),
                    *_PRIMERO_EDITS,
                    press("the tick of a consent", "consent"),
                    press("Save", "toolbar", turns=True),
                ],
                "one tick for the whole record; who took back what is not said",
            )
        ],
        UWAZI: [
            (
                "noted",
                [
                    *_card_of_uwazi(told.SURNAMES),
                    *_UWAZI_EDITS,
                    write("consent: withdrawn", "list", "r", tabs=None),
                    press("Save", "buttons"),
                ],
                "a word in a field; whoever could read still can",
            ),
            (
                "noted, and no longer shared",
                [
                    *_card_of_uwazi(told.SURNAMES),
                    *_UWAZI_EDITS,
                    write("consent: withdrawn", "list", "r", tabs=None),
                    press("Save", "buttons"),
                    press("Share", "share", turns=True),
                    press("remove whom it was shared with", "share"),
                    press("Save changes", "share"),
                ],
                "closed to one group",
            ),
        ],
    },
}
