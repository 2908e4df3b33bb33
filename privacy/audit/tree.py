"""The Merkle tree of RFC 6962, section 2.1, over the lines of the log.

A chain of hashes misses a tail that was cut off. The root of a tree, signed and kept by
somebody else, commits to every line and to how many there are.
"""

from collections.abc import Iterable
from hashlib import sha256

EMPTY_ROOT = sha256().digest()
_LEAF, _NODE = b"\x00", b"\x01"


def hash_leaf(entry: bytes) -> bytes:
    """Hash one entry; the prefix keeps an entry from passing for a pair of hashes."""
    return sha256(_LEAF + entry).digest()


class Tree:
    """A tree that grows by one leaf at a time, and keeps only its perfect subtrees' roots."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf_hash: bytes) -> None:
        """Append one leaf, by its hash."""
        size = self.size
        # Each one-bit at the end of `size` is a perfect subtree that the new leaf completes.
        while size & 1:
            leaf_hash = sha256(_NODE + self._peaks.pop() + leaf_hash).digest()
            size >>= 1
        self._peaks.append(leaf_hash)
        self.size += 1

    def root(self) -> bytes:
        """Give the root over all leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = sha256(_NODE + peak + root).digest()
        return root


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """Give the root over a whole sequence of leaf hashes."""
    tree = Tree()
    for each in leaf_hashes:
        tree.add(each)
    return tree.root()
