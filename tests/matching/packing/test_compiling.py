"""A kept kernel is never older than any source it was made of."""

import ast
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import matching
from matching.packing.compiling import SOURCES

PACKAGE = Path(matching.__file__).parent

KERNEL = """
from matching.packing.compiling import compiled
from matching.packing.{helper} import added

@compiled()
def answer(number):
    return added(number)

print(answer(1))
"""
HELPER = """
from matching.packing.compiling import within

@within()
def added(number):
    return number + {step}
"""
LONE_KERNEL = KERNEL.replace("@compiled()", "from numba import njit\n@njit(cache=True)")


def a_copied_tree(folder):
    copytree(PACKAGE, folder / "matching", ignore=ignore_patterns("__pycache__"))
    return folder / "matching" / "packing"


def answer_of(packing, kernel, step):
    """Write a kernel and the helper it calls from another file; ask it in a fresh process."""
    (packing / "made_up_helper.py").write_text(HELPER.format(step=step))
    (packing / "made_up_kernel.py").write_text(kernel.format(helper="made_up_helper"))
    command = [sys.executable, "-m", "matching.packing.made_up_kernel"]
    tree = packing.parent.parent
    return subprocess.run(
        command, cwd=tree, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_an_edited_helper_is_seen_by_the_next_process(tmp_path):
    packing = a_copied_tree(tmp_path)

    answers = [answer_of(packing, KERNEL, step) for step in (1, 1, 41)]

    assert answers == ["2", "2", "42"]


def test_numba_alone_would_go_on_with_the_old_helper(tmp_path):
    packing = a_copied_tree(tmp_path)

    answers = [answer_of(packing, LONE_KERNEL, step) for step in (1, 41)]

    assert answers == ["2", "2"], "numba looks at helpers now: this module can be retired"


def test_kernels_are_made_of_nothing_outside_the_hashed_sources():
    for path in PACKAGE.rglob("kernels.py"):
        assert path.relative_to(PACKAGE).parts[0] in SOURCES
        tree = ast.parse(path.read_text())
        imported = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        ours = [name.split(".")[1] for name in imported if name.startswith("matching.")]
        assert ours
        assert set(ours) <= set(SOURCES)


def test_an_edit_compiles_anew_only_what_it_can_reach(tmp_path):
    packing = a_copied_tree(tmp_path)
    kernels = [
        path.relative_to(tmp_path).with_suffix("").as_posix().replace("/", ".")
        for path in packing.parent.rglob("kernels.py")
    ]
    before = set(hashes_in(tmp_path, kernels))

    names = packing.parent / "names" / "kernels.py"
    names.write_text(names.read_text() + "\n")

    changed = {kernel for kernel, _ in set(hashes_in(tmp_path, kernels)) - before}
    assert "matching.names.kernels" in changed
    assert {kernel.split(".")[1] for kernel in changed} == {"names", "linking"}


def hashes_in(tree, kernels):
    asking = (
        "from matching.packing.compiling import hash_of_sources\n"
        f"for kernel in {kernels}: print(kernel, hash_of_sources(kernel))"
    )
    told = subprocess.run(
        [sys.executable, "-c", asking], cwd=tree, check=True, capture_output=True, text=True
    )
    return [tuple(line.split()) for line in told.stdout.splitlines()]
