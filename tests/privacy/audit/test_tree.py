"""The tree is that of RFC 6962, and of everybody else who implements it."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from privacy.audit.tree import EMPTY_ROOT, Tree, hash_leaf, root_of

# The leaves and roots that certificate-transparency tests its own trees with:
# github.com/google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc.
LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def recursive_root(entries):
    """Write MTH(D[n]) as section 2.1 of RFC 6962 does."""
    if not entries:
        return sha256().digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    return sha256(b"\x01" + recursive_root(entries[:k]) + recursive_root(entries[k:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_certificate_transparency(size):
    assert root_of(map(hash_leaf, LEAVES[:size])).hex() == ROOTS[size]


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_the_root_is_that_of_the_rfcs_own_definition_and_of_pymerkle(entries):
    other = InmemoryTree(algorithm="sha256")
    for each in entries:
        other.append_entry(each)

    root = root_of(map(hash_leaf, entries))

    assert root == recursive_root(entries)
    assert root == (other.get_root() if entries else EMPTY_ROOT)


def test_a_leaf_cannot_pass_for_a_pair_of_hashes():
    left, right = hash_leaf(b"left"), hash_leaf(b"right")
    pair = root_of([left, right])

    assert hash_leaf(left + right) != pair
    # The planted fault: without its prefix a leaf would be the pair.
    assert sha256(b"\x01" + left + right).digest() == pair


def test_a_tree_knows_its_size_and_gives_a_root_at_every_size():
    tree = Tree()
    for each in LEAVES:
        tree.add(hash_leaf(each))

    assert (tree.size, tree.root().hex()) == (len(LEAVES), ROOTS[-1])
    assert tree.root() == tree.root()
