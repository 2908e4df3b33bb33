"""Counts what a person's hands do, by one rule for every program that is compared.

A *step* is one thing decided and done: a fact entered, a choice made, a button pressed. A fact
may take several fields, as a name does with two surnames; it is thought of once (rule 2 of the
model). Of two ways to the next field the quicker is taken: so many presses of Tab, or the
mouse. Seconds are those of the keystroke-level model of an expert who makes no error, without
the program's own waiting: Card, Moran and Newell, "The keystroke-level model for user
performance time with interactive systems", Communications of the ACM 23(7), 1980: K of an
average typist of 40 words a minute, P to point, .2 s to press the mouse's button, H to move a
hand, M to think.
"""

from dataclasses import dataclass, field
from itertools import groupby

SECONDS = {"K": 0.28, "P": 1.10, "B": 0.10, "H": 0.40, "M": 1.35}
KEYBOARD, MOUSE = "keyboard", "mouse"
# As long as this many presses of Tab are quicker than reaching for the mouse and back.
MOST_TABS = int((SECONDS["P"] + 2 * SECONDS["B"] + 2 * SECONDS["H"]) / SECONDS["K"])


@dataclass
class Tally:
    """What was done so far. The hands begin on the keyboard."""

    steps: int = 0
    pages: int = 0
    fields: int = 0
    clicks: int = 0
    keys: int = 0
    characters: int = 0
    operators: dict = field(default_factory=lambda: dict.fromkeys(SECONDS, 0))
    on: str = KEYBOARD

    @property
    def keystrokes(self):
        return self.keys + self.characters

    @property
    def seconds(self):
        return sum(SECONDS[each] * count for each, count in self.operators.items())

    def decide(self):
        """Begin a step: the moment of thought before a field or a command."""
        self.steps += 1
        self.operators["M"] += 1

    def click(self):
        """Point at something and press."""
        self._reach(MOUSE)
        self.clicks += 1
        self.operators["P"] += 1
        self.operators["B"] += 2

    def press(self, times=1):
        """Press a key that writes nothing: Tab, Enter, an arrow."""
        self._reach(KEYBOARD)
        self.keys += times
        self.operators["K"] += times

    def write(self, text):
        """Write text; what needs Shift is counted as one key, in everybody's favour."""
        self._reach(KEYBOARD)
        self.characters += len(text)
        self.operators["K"] += len(text)

    def go(self, tabs):
        """Move to a field so many presses of Tab away, or None; say whether by Tab."""
        if tabs is not None and 0 <= tabs <= MOST_TABS:
            if tabs:
                self.press(tabs)
            return True
        self.click()
        return False

    def turn(self):
        """A new page, or a dialog over it, has to be taken in."""
        self.pages += 1

    def _reach(self, device):
        if self.on != device:
            self.on = device
            self.operators["H"] += 1


# How many presses of Tab lead from what has the focus to an element; a group of radio buttons
# is one stop, as in every browser. Null where there is no way forward.
TABS_TO = """(target) => {
  const stop = (each) => {
    if (each.disabled || each.tabIndex < 0 || !each.checkVisibility()) return false;
    if (each.type !== "radio") return true;
    const group = [...document.getElementsByName(each.name)];
    return each === (group.find((one) => one.checked) || group[0]);
  };
  const kinds = "a[href],button,input,select,textarea,summary,[tabindex]";
  const here = document.activeElement;
  const stops = [...document.querySelectorAll(kinds)].filter(
    (each) => stop(each) || each === here || each === target);
  const at = stops.indexOf(here), to = stops.indexOf(target);
  const isLost = at < 0 && here !== document.body;
  return to < 0 || isLost || to < at ? null : to - at;
}"""


class Hands:
    """Somebody at a real browser: each act is done there, and counted."""

    def __init__(self, page):
        self.page, self.tally = page, Tally()
        page.on("framenavigated", self._turned)

    def _turned(self, frame):
        if frame == self.page.main_frame:
            self.tally.turn()

    def leave(self):
        """Count no more: what the page does now is not the task's."""
        self.page.remove_listener("framenavigated", self._turned)

    def fill(self, name, text, *, goes_on=False):
        """Write into a text field; `goes_on` if it is more of the fact just entered."""
        self._begin(goes_on=goes_on)
        self._go(self.page.locator(f"[name={name}]").first)
        self._write(text)

    def choose(self, name, typed, *, says):
        """Choose from a list by its first letters, and see that it says what was meant."""
        self._begin()
        field = self.page.locator(f"select[name={name}]")
        opened = not self._go(field)
        self._write(typed)
        if opened:
            # A list that was pressed open is closed with what was typed.
            self._keys("Enter", 1)
        chosen = field.evaluate("(list) => list.selectedOptions[0].label")
        if chosen != says:
            raise AssertionError(f"{name}: «{typed}» chose «{chosen}», not «{says}»")

    def pick(self, name, value):
        """Choose one of a group of radio buttons, by the arrows or with the mouse."""
        self._begin()
        group = self.page.locator(f"input[name={name}]")
        values = group.evaluate_all("(all) => all.map((each) => each.value)")
        checked = group.evaluate_all("(all) => all.findIndex((each) => each.checked)")
        stop = group.nth(max(checked, 0))
        tabs = stop.evaluate(TABS_TO)
        if not self.tally.go(tabs):
            group.nth(values.index(value)).check()
            return
        self._keys("Tab", tabs, counted=False)
        moves = values.index(value) - max(checked, 0)
        self._keys("ArrowDown" if moves > 0 else "ArrowUp", abs(moves))
        if checked < 0 and not moves:
            self._keys("Space", 1)

    def tick(self, name):
        """Tick a box."""
        self._begin()
        box = self.page.locator(f"input[name={name}]")
        if self._go(box, clicks=False):
            self._keys("Space", 1)
        else:
            box.check()

    def click(self, where):
        """Press a link or a button with the mouse, or by Tab and Enter if that is quicker."""
        self.tally.decide()
        there = self.page.locator(where).first
        if self._go(there, clicks=False):
            self._keys("Enter", 1)
        else:
            there.click()

    def command(self, key):
        """Press a key that is a command of its own."""
        self.tally.decide()
        self._keys(key, 1)

    def search(self, words):
        """Go to the box in the header and search: one thing asked, and Enter."""
        self._begin()
        self._keys("/", 1)
        self._write(words)
        self.command("Enter")
        self.page.wait_for_url("**/search*")

    def arrive(self, where):
        """Wait for a page; nobody's hands move."""
        self.page.wait_for_url(where)

    def _begin(self, *, goes_on=False):
        self.tally.fields += 1
        if not goes_on:
            self.tally.decide()

    def _go(self, there, *, clicks=True):
        tabs = there.evaluate(TABS_TO)
        if self.tally.go(tabs):
            self._keys("Tab", tabs, counted=False)
            return True
        if clicks:
            there.click()
        return False

    def _keys(self, key, times, *, counted=True):
        for _ in range(times):
            self.page.keyboard.press(key)
        if counted and times:
            self.tally.press(times)

    def _write(self, text):
        for is_ascii, letters in groupby(text, str.isascii):
            if is_ascii:
                self.page.keyboard.type("".join(letters))
            else:
                self._strike(letters)
        self.tally.write(text)

    def _strike(self, letters):
        """Strike what an English keyboard lacks: pasted, as usual, no list would hear it."""
        wire = self.page.context.new_cdp_session(self.page)
        for letter in letters:
            pressed = {"key": letter, "text": letter}
            wire.send("Input.dispatchKeyEvent", {"type": "keyDown", **pressed})
            wire.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": letter})
        wire.detach()
