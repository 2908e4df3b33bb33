"""Names of millions taken apart: what `letters`, `parts`, `sounds` and `nearness` define.

A vocabulary holds each distinct word once: its letters, found again through a table of open
addresses. Equal hashes are not believed: the letters are compared. One file, whole: each
function hands letters on to the next.
"""
# ruff: noqa: PLR0913, PLR0917 - packed arrays are handed on one by one: a tuple of arrays
# costs 150 ns a call; and the compiler takes no arguments by name at full speed.

import numpy as np

from matching.names.letters import FIRST, LAST
from matching.names.nearness import LONG, SHORT
from matching.names.parts import MOST_WORDS
from matching.packing.compiling import compiled, within

NEWLINE, SPACE = 10, 32
DROPPED, JOINING = -1, -2
"""What becomes of a special word; any other number is the word it stands for."""

FULL = -2
SEED, PRIME = np.uint64(14695981039346656037), np.uint64(1099511628211)
TWO_BYTES, THREE_BYTES, FOUR_BYTES = 0xC0, 0xE0, 0xF0
BACKTICK, ACUTE, APOSTROPHE, MODIFIER, CURLY = 0x60, 0xB4, 0x27, 0x2BC, 0x2019
MARKS_FROM, MARKS_TO = 0x300, 0x36F
SIGNS_FROM, SIGNS_TO = 0x2000, 0x206F
NINE, CASE = 57, 32
ONE, TWO, FOUR, TOP = np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(56)
EVEN, PAIRS, NIBBLES, BYTES = (
    np.uint64(0x5555555555555555),
    np.uint64(0x3333333333333333),
    np.uint64(0x0F0F0F0F0F0F0F0F),
    np.uint64(0x0101010101010101),
)
LETTERS = 26
MOST_APART = 4
"""Bits in which the letters of two words differ that are two slips apart."""
LETTER_A = 97


@within()
def hash_of(letters, start, end):  # pragma: no cover - compiled
    """Hash bytes (FNV-1a, 64 bits)."""
    digest = SEED
    for at in range(start, end):
        digest = (digest ^ np.uint64(letters[at])) * PRIME
    return digest


@within()
def _place(table, hashes, digest, letters, starts, word, length):  # pragma: no cover - compiled
    """Give the slot of a word in the table, or the empty one where it belongs."""
    mask = len(table) - 1
    at = np.int64((digest ^ (digest >> np.uint64(29))) & np.uint64(mask))
    while table[at] >= 0:
        one = table[at]
        if hashes[one] == digest and starts[one + 1] - starts[one] == length:
            same, first = True, starts[one]
            for n in range(length):
                same &= letters[first + n] == word[n]
            if same:
                return at
        at = (at + 1) & mask
    return at


@within()
def insert(table, hashes, letters, starts, count, word, length):  # pragma: no cover - compiled
    """Give the number of a word, a new one if it was not there; `FULL` if there is no room."""
    digest = hash_of(word, 0, length)
    at = _place(table, hashes, digest, letters, starts, word, length)
    if table[at] >= 0:
        return np.int64(table[at])
    one, first = count[0], starts[count[0]]
    if one + 2 > len(starts) or 2 * one > len(table) or first + length > len(letters):
        return FULL
    letters[first : first + length] = word[:length]
    hashes[one], starts[one + 1], table[at] = digest, first + length, one
    count[0] += 1
    return one


@compiled()
def fill_table(table, hashes, letters, starts, count):  # pragma: no cover - compiled
    """Find the words of a grown vocabulary their places again."""
    for one in range(count[0]):
        word = letters[starts[one] : starts[one + 1]]
        at = _place(table, hashes, hashes[one], letters, starts, word, len(word))
        table[at] = one


@within()
def _decoded(text, at):  # pragma: no cover - compiled
    """Give the code of the sign at a byte, and how many bytes it takes (UTF-8)."""
    lead = np.int64(text[at])
    if lead < TWO_BYTES:
        return lead, 1
    if lead < THREE_BYTES:
        return ((lead & 31) << 6) | (text[at + 1] & 63), 2
    if lead < FOUR_BYTES:
        code = ((lead & 15) << 12) | ((text[at + 1] & 63) << 6) | (text[at + 2] & 63)
        return np.int64(code), 3
    return np.int64(0x10000), 4


@within()
def _is_joining(code):  # pragma: no cover - compiled
    """Whether a sign is left out without parting a word: digits, apostrophes, accents."""
    if code < 128:  # noqa: PLR2004 - ASCII
        return code in (APOSTROPHE, BACKTICK) or 48 <= code <= NINE  # noqa: PLR2004 - digits
    return code in (ACUTE, MODIFIER, CURLY) or MARKS_FROM <= code <= MARKS_TO


@within()
def _put_letters(word, length, text, at, code, width, folding):  # pragma: no cover - compiled
    """Add a sign's plain letters to a word; leaves its length where it is no letter."""
    if code < 128:  # noqa: PLR2004 - ASCII
        small = code | CASE
        if LETTER_A <= small < LETTER_A + LETTERS:
            word[length] = small
            return length + 1
        return length
    if FIRST <= code <= LAST:
        for n in range(2):
            if folding[code - FIRST, n]:
                word[length] = folding[code - FIRST, n]
                length += folding[code - FIRST, n] != SPACE
        return length
    if code > LAST and not SIGNS_FROM <= code <= SIGNS_TO:
        for n in range(width):
            word[length + n] = text[at + n]
        return length + width
    return length


@within()
def _role(roles, one):  # pragma: no cover - compiled
    """Say what becomes of a word: itself, unless it is a special one."""
    return roles[one] if one < len(roles) else one


@within()
def _join(
    table, hashes, letters, starts, count, word, first, second
):  # pragma: no cover - compiled
    """Give the number of two words written as one."""
    length = 0
    for at in range(starts[first], starts[first + 1]):
        word[length] = letters[at]
        length += 1
    for at in range(starts[second], starts[second + 1]):
        word[length] = letters[at]
        length += 1
    return insert(table, hashes, letters, starts, count, word, length)


@compiled()
def split_cells(  # noqa: C901 - a loop over signs whose state is one word
    text, begins, first, found, roles, folding, word, table, hashes, letters, starts, count
):  # pragma: no cover - compiled
    """Split cells into words as `parts.words_of` does.

    Cell i is ``text[begins[i]:begins[i + 1]]``, its last byte the end of the line. Words go to
    ``found[i]``, -1 for none. Gives the cell at which the vocabulary was full, or all.
    """
    for cell in range(first, len(begins) - 1):
        found[cell] = -1
        held, length, n_words = -1, 0, 0
        at = begins[cell]
        while at < begins[cell + 1]:
            code, width = _decoded(text, at)
            before = length
            if not _is_joining(code):
                length = _put_letters(word, length, text, at, code, width, folding)
            at += width
            if length != before or length == 0 or _is_joining(code):
                continue
            one = insert(table, hashes, letters, starts, count, word, length)
            if one == FULL:
                return cell
            length = 0
            one = _role(roles, one) if _role(roles, one) != JOINING else one
            if one == DROPPED:
                continue
            if held >= 0:
                one = _join(table, hashes, letters, starts, count, word, held, one)
                if one == FULL:
                    return cell
                held = -1
            if _role(roles, one) == JOINING:
                held = one
            elif n_words < MOST_WORDS:
                found[cell, n_words] = one
                n_words += 1
        if held >= 0 and n_words < MOST_WORDS:
            found[cell, n_words] = held
    return len(begins) - 1


@within()
def _joined(
    words, begin, end, table, hashes, letters, starts, count, scratch
):  # pragma: no cover - compiled
    """Give the number of several words written as one; -1 for none."""
    if begin == end:
        return np.int64(-1)
    one = np.int64(words[begin])
    for at in range(begin + 1, end):
        one = _join(table, hashes, letters, starts, count, scratch, one, words[at])
        if one == FULL:
            return one
    return one


@within()
def _count(words):  # pragma: no cover - compiled
    n = 0
    while n < len(words) and words[n] >= 0:
        n += 1
    return n


@compiled()
def name_parts(
    called, first, second, begin, given, surnames, table, hashes, letters, starts, count, word
):  # pragma: no cover - compiled
    """Tell given names and surnames apart as `parts.name_of` does; gives where it was full."""
    for one in range(begin, len(called)):
        n_called, n_first, n_second = (
            _count(called[one]),
            _count(first[one]),
            _count(second[one]),
        )
        kept, sources = n_called, first[one]
        begin_1, end_1, begin_2, end_2 = 0, n_first, 0, n_second
        others = second[one]
        if n_first == 0 and n_second == 0 and n_called > 1:
            kept = max(1, n_called - 2)
            sources, begin_1, end_1 = called[one], kept, n_called
        elif n_first == 0:
            sources, end_1, end_2 = second[one], n_second, 0
        if end_2 == 0 and end_1 - begin_1 > 1:
            others, begin_2, end_2, end_1 = sources, begin_1 + 1, end_1, begin_1 + 1
        given[one] = -1
        given[one, : min(kept, given.shape[1])] = called[one, : min(kept, given.shape[1])]
        for slot in range(2):
            words = sources if slot == 0 else others
            b, e = (begin_1, end_1) if slot == 0 else (begin_2, end_2)
            part = _joined(words, b, e, table, hashes, letters, starts, count, word)
            if part == FULL:
                return one
            surnames[one, slot] = part
    return len(called)


@compiled()
def joined_words(
    words, begin, found, table, hashes, letters, starts, count, word
):  # pragma: no cover - compiled
    """Write the words of each cell as one word; gives where it was full."""
    for one in range(begin, len(words)):
        n = _count(words[one])
        part = _joined(words[one], 0, n, table, hashes, letters, starts, count, word)
        if part == FULL:
            return one
        found[one] = part
    return len(words)


@within()
def _fits(letters, at, end, start, rule):  # pragma: no cover - compiled
    """Whether a rule of `sounds.RULES` fits at a letter."""
    if (rule[5] and at != start) or at + rule[10] > end:
        return False
    for n in range(rule[10]):
        if letters[at + n] != rule[n]:
            return False
    after = letters[at + rule[10]] if at + rule[10] < end else np.uint8(46)
    fits = rule[11] == 0
    for n in range(rule[11]):
        fits |= rule[6 + n] == after
    return fits


@within()
def _sound(letters, start, end, rules, heard):  # pragma: no cover - compiled
    """Write how a part is heard, as `sounds.sound_of` defines it; gives its length."""
    length, at = 0, start
    for byte in range(start, end):
        if letters[byte] >= 128:  # noqa: PLR2004 - not Latin: heard as it is written
            at = end
    while at < end:
        sound, width = letters[at], np.int64(1)
        for row in range(len(rules)):
            if _fits(letters, at, end, start, rules[row]):
                sound, width = rules[row, 4], np.int64(rules[row, 10])
                break
        at += width
        if sound and (length == 0 or heard[length - 1] != sound):
            heard[length] = sound
            length += 1
    if length == 0:
        length = end - start
        heard[:length] = letters[start:end]
    return length


@within()
def _bag(letters, start, end):  # pragma: no cover - compiled
    """Two bits for each letter: that it is there, and that it is there twice."""
    bag = np.uint64(0)
    for at in range(start, end):
        if letters[at] >= 128:  # noqa: PLR2004 - not Latin
            return np.uint64(0)
        shift = TWO * np.uint64(letters[at] - LETTER_A)
        bag |= (ONE << shift) if not (bag >> shift) & ONE else (TWO << shift)
    return bag


@compiled()
def sounds_and_bags(
    n_words,
    letters,
    starts,
    rules,
    sounds,
    bags,
    table,
    hashes,
    heard,
    heard_at,
    count,
    scratch,
):  # pragma: no cover - compiled
    """Give each word the number of its sound, and note its letters (0: not Latin)."""
    for one in range(n_words):
        length = _sound(letters, starts[one], starts[one + 1], rules, scratch)
        sounds[one] = insert(table, hashes, heard, heard_at, count, scratch, length)
        bags[one] = _bag(letters, starts[one], starts[one + 1])


@within()
def ones(bits):  # pragma: no cover - compiled
    """Count the bits that are set."""
    bits = bits - ((bits >> ONE) & EVEN)
    bits = (bits & PAIRS) + ((bits >> TWO) & PAIRS)
    return np.int64((((bits + (bits >> FOUR)) & NIBBLES) * BYTES) >> TOP)


@within()
def _slips(letters, a, la, b, lb, most):  # noqa: C901 - the table of a distance  # pragma: no cover - compiled
    """Whether two words are at most so many slips apart (`nearness.edit_distance`)."""
    while la and lb and letters[a] == letters[b]:
        a, b, la, lb = a + 1, b + 1, la - 1, lb - 1
    while la and lb and letters[a + la - 1] == letters[b + lb - 1]:
        la, lb = la - 1, lb - 1
    if max(la, lb) <= 1:
        return True
    swapped = letters[a] == letters[b + 1] and letters[a + 1] == letters[b]
    if la == lb == 2 and swapped:  # noqa: PLR2004 - two letters
        return True
    if most == 1:
        return False
    if max(la, lb) <= most:
        return True
    d = np.empty((3, lb + 1), dtype=np.int64)
    for j in range(lb + 1):
        d[0, j] = j
    for i in range(1, la + 1):
        row, last, older = i % 3, (i - 1) % 3, (i - 2) % 3
        d[row, 0] = i
        for j in range(1, lb + 1):
            x, y = letters[a + i - 1], letters[b + j - 1]
            best = min(d[last, j] + 1, d[row, j - 1] + 1, d[last, j - 1] + (x != y))
            if i > 1 and j > 1 and x == letters[b + j - 2] and letters[a + i - 2] == y:
                best = min(best, d[older, j - 2] + 1)
            d[row, j] = best
    return d[la % 3, lb] <= most


@within()
def _contains(letters, short, n_short, long, n_long):  # pragma: no cover - compiled
    """Whether the longer word begins or ends with the shorter."""
    begins = ends = True
    for n in range(n_short):
        begins &= letters[short + n] == letters[long + n]
        ends &= letters[short + n] == letters[long + n_long - n_short + n]
    return begins or ends


@within()
def may_be_alike(bag_a, bag_b):  # pragma: no cover - compiled
    """Whether letters leave it open that two words are spelt alike; cheap, asked first."""
    apart = bag_a ^ bag_b
    close = ones(apart) <= MOST_APART
    return close or (bag_a & apart) == 0 or (bag_b & apart) == 0


@within()
def spelt_alike(
    start_a, n_a, bag_a, start_b, n_b, bag_b, letters
):  # pragma: no cover - compiled
    """Whether two different words, not heard alike, are similar as `nearness` defines it."""
    n_short, n_long = min(n_a, n_b), max(n_a, n_b)
    if bag_a == 0 or bag_b == 0 or n_short < SHORT:
        return False
    most = 2 if n_short >= LONG else 1
    apart = bag_a ^ bag_b
    close = n_long - n_short <= most and ones(apart) <= 2 * most
    if close and _slips(letters, start_a, n_a, start_b, n_b, most):
        return True
    if n_short == SHORT or n_a == n_b:
        return False
    if n_a < n_b:
        return (bag_a & apart) == 0 and _contains(letters, start_a, n_a, start_b, n_b)
    return (bag_b & apart) == 0 and _contains(letters, start_b, n_b, start_a, n_a)


@compiled()
def pairs_spelt_alike(
    left, right, sounds, letters, starts, bags
):  # pragma: no cover - compiled
    """Say of each pair of words: 2 the same, 1 similar, 0 different."""
    found = np.zeros(len(left), dtype=np.int8)
    for n in range(len(left)):
        a, b = left[n], right[n]
        if a == b:
            found[n] = 2
        elif sounds[a] == sounds[b]:
            found[n] = 1
        elif may_be_alike(bags[a], bags[b]):
            n_a, n_b = starts[a + 1] - starts[a], starts[b + 1] - starts[b]
            found[n] = spelt_alike(starts[a], n_a, bags[a], starts[b], n_b, bags[b], letters)
    return found


@within()
def _add_share(keys, mass, key, share):  # pragma: no cover - compiled
    """Add to what is known under a key; gives what is known now."""
    mask = np.uint64(len(keys) - 1)
    key |= ONE
    at = (key ^ (key >> np.uint64(29))) & mask
    while keys[at] != 0 and keys[at] != key:
        at = (at + ONE) & mask
    keys[at] = key
    mass[at] += share
    return mass[at]


@within()
def _shortened(letters, start, end, left_out):  # pragma: no cover - compiled
    """Hash a word without one of its letters."""
    digest = SEED
    for at in range(start, end):
        if at != left_out:
            digest = (digest ^ np.uint64(letters[at])) * PRIME
    return digest


@compiled()
def similar_shares(
    share, bags, letters, starts, keys, mass, found
):  # pragma: no cover - compiled
    """Sum for each word the shares of those one slip from it.

    Two words one slip apart are equal once a letter is left out of one or of both. A word
    that meets another in two ways counts twice: the share is an upper estimate.
    """
    for turn in range(2):
        for one in range(len(share)):
            start, end = starts[one], starts[one + 1]
            if (share[one] == 0 and turn == 0) or bags[one] == 0 or end - start < SHORT:
                continue
            own = share[one] if turn == 0 else 0.0
            total = 0.0
            for left_out in range(start - 1, end):
                if left_out > start and letters[left_out] == letters[left_out - 1]:
                    continue
                key = _shortened(letters, start, end, left_out)
                total += _add_share(keys, mass, key, own) - share[one]
            if turn == 1:
                found[one] = max(total, 0.0)
