"""Hands that have no mouse: they press keys, and see where they are at every stop."""

import pytest

# What has the focus: whether it shows it, and whether anything lies over the middle of
# what is in view. A page may take a moment to bring it there.
STOP = """async () => {
    const at = document.activeElement, styles = getComputedStyle(at);
    const drawn = at.closest('svg') !== null;
    const shown = drawn || (styles.outlineStyle !== 'none' &&
        parseFloat(styles.outlineWidth) >= 2);
    const isClear = () => {
        const box = at.getBoundingClientRect();
        const middle = (from, to, end) => (Math.max(from, 0) + Math.min(to, end)) / 2;
        const above = document.elementFromPoint(
            middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
        return above && (at.contains(above) || above.contains(at) ||
            above.closest('label')?.control === at);
    };
    let clear = drawn || isClear();
    for (let wait = 0; !clear && wait < 40; wait += 1) {
        await new Promise(requestAnimationFrame);
        clear = isClear();
    }
    const before = window.lastStop, nowhere = at === document.body;
    const goesOn = !before?.isConnected ||
        Boolean(before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (!nowhere) window.lastStop = at;
    return {shown, clear, nowhere, goesOn, html: at.outerHTML.slice(0, 120)};
}"""


def tab_to(page, selector, limit=250):
    """Press Tab until what has the focus fits a selector; each stop on the way can be seen."""
    for _ in range(limit):
        stop = _next_stop(page)
        assert stop["shown"], f"the focus is not seen on {stop['html']}"
        assert stop["clear"], f"something lies over {stop['html']}"
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    pytest.fail(f"{selector} is not reached within {limit} presses")


def _next_stop(page):
    page.keyboard.press("Tab")
    stop = page.evaluate(STOP)
    if stop["nowhere"]:
        # What had the focus was exchanged that very moment: one more press goes on from there.
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        assert stop["goesOn"], f"the focus was lost, and began again at {stop['html']}"
    return stop


def press_on(page, selector):
    """Go to a link or a button and press it; the next page is then open."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")
