"""A pickled expression comes back as it was written, in this process and in another."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest
from hypothesis import given, settings

from deltasift import index, pmf, sizes
from deltasift.inert import Node, postorder
from strategies import trees

PROTOCOLS = range(2, pickle.HIGHEST_PROTOCOL + 1)  # SymPy refuses the two before
N, K = sizes("N K")
k = index("k", 1, K)
q = pmf("q", k)


@given(trees)
def test_pickle_gives_it_back(tree: Node) -> None:
    for protocol in PROTOCOLS:
        back = pickle.loads(pickle.dumps(tree, protocol))
        assert back == tree
        assert hash(back) == hash(tree)
        assert str(back) == str(tree)


@given(trees)
def test_sharing_is_kept(tree: Node) -> None:
    twice = tree + tree
    back = pickle.loads(pickle.dumps(twice))
    assert len(list(postorder(back))) <= len(list(postorder(twice)))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_domains_come_along(protocol: int) -> None:
    node = N * q[k]
    assert pickle.loads(pickle.dumps(node, protocol)).given == node.given == {N, k, q}


READ = """
import pickle, sys
for node, text in pickle.load(sys.stdin.buffer):
    assert str(node) == text, (node, text)
    assert node == node.func(*node.args) and hash(node) == hash(node.func(*node.args))
    assert pickle.loads(pickle.dumps(node)) == node
"""


def test_another_process_reads_it() -> None:
    written: list[tuple[Node, str]] = [(N * q[k], "N*q[k]")]

    @settings(max_examples=60)
    @given(trees)
    def collect(tree: Node) -> None:
        written.append((tree, str(tree)))

    collect()
    done = subprocess.run([sys.executable, "-c", READ], input=pickle.dumps(written), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
