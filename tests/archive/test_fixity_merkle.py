from __future__ import annotations

import pytest

from archive.fixity.merkle import (
    EMPTY_ROOT,
    Edge,
    Tree,
    leaf_hash,
    node_hash,
    verify_inclusion,
)

# The leaves and roots with which implementations of RFC 6962 are tested everywhere.
LEAVES = [
    bytes.fromhex(one)
    for one in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
MANY = 40


def leaves(count: int) -> list[bytes]:
    return [b"leaf %d" % number for number in range(count)]


def test_the_roots_are_those_of_other_programs():
    tree = Tree(LEAVES)
    assert [tree.root(size).hex() for size in range(1, 9)] == list(ROOTS)
    assert tree.root(0) == EMPTY_ROOT


@pytest.mark.parametrize("size", range(1, MANY))
def test_every_leaf_of_every_tree_has_a_proof_that_holds_for_it_alone(size):
    tree = Tree(leaves(MANY))
    for index in range(size):
        proof = tree.inclusion(index, size)
        assert verify_inclusion(b"leaf %d" % index, index, size, proof, tree.root(size))
        assert not verify_inclusion(b"leaf %d" % (index + 1), index, size, proof, tree.root(size))
        assert not verify_inclusion(
            b"leaf %d" % index, index, size, (*proof, EMPTY_ROOT), tree.root(size)
        )
        assert size == 1 or not verify_inclusion(
            b"leaf %d" % index, index, size, proof[1:], tree.root(size)
        )


def test_a_node_never_passes_for_a_leaf():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert node_hash(left, right) != leaf_hash(left + right)


def test_what_is_not_there_has_no_proof():
    tree = Tree(leaves(3))
    with pytest.raises(IndexError):
        tree.inclusion(3)
    with pytest.raises(IndexError):
        tree.root(4)
    assert not verify_inclusion(b"leaf 0", 3, 3, (), tree.root())


@pytest.mark.parametrize("size", range(MANY))
def test_an_edge_goes_on_where_a_tree_ended(size):
    whole = Tree(leaves(MANY))
    edge = Edge.of(Tree(leaves(size)).edge().noted())
    assert (len(edge), edge.root()) == (size, whole.root(size))
    for leaf in leaves(MANY)[size:]:
        edge.append(leaf)
        assert edge.root() == whole.root(len(edge))


def test_an_edge_that_is_none_is_refused():
    with pytest.raises(ValueError, match="as many roots"):
        Edge.of({"size": 3, "roots": ["00"]})
