"""What stands in a file about consents, in the words it is shown by."""

from dataclasses import replace
from datetime import UTC, datetime

from casework.families.presenters import ShownEntry, ShownGiver

GRANTED = ShownEntry(
    category="La identidad",
    purpose="Buscar",
    recipient="Consulados",
    state="Autorizado",
    tone="own",
    until="2 de marzo de 2030",
    said_on="2 de marzo de 2026",
    basis="En papel",
    withdraw_id=1,
    is_past=False,
    ends=datetime(2030, 3, 2, tzinfo=UTC),
)


def test_of_two_grants_that_say_the_same_the_one_without_end_ends_last():
    endless = replace(GRANTED, until="", withdraw_id=2, ends=None)

    for entries in ([GRANTED, endless], [endless, GRANTED]):
        (present,) = a_giver(entries).present
        assert present.entry is endless
        assert present.query in {"entry=1&entry=2", "entry=2&entry=1"}


def a_giver(entries):
    return ShownGiver(1, "Madre", "", "", tuple(entries))
