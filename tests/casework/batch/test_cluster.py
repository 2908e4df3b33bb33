"""The same search on other machines: a real scheduler and workers, each a process."""

import shutil
import signal

import numpy as np
import pytest

from casework.batch.cluster import ClusterUnusable, connected, rank_on
from matching.errors import SearchStopped
from matching.model_file import load_model
from matching.search import rank
from tests.casework.batch.a_cluster import ROOT, Cluster
from tests.matching.search.test_all_pairs import a_registry

MODEL = load_model("missing-remains-2026.3")
TOP = 4


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    started.a_worker()
    yield started
    started.stop()


def ranked_on(cluster, progress=lambda *_: None):
    missing, remains = a_registry()
    return rank_on(
        cluster.address, missing, remains, MODEL, top=TOP, progress=progress,
        min_log10_lr=None, records_a_block=17,
    )  # fmt: skip


def must_equal(found, whole):
    for name in ("left", "right", "log10_lr", "posterior", "rank_for_left", "rank_for_right"):
        np.testing.assert_array_equal(getattr(found, name), getattr(whole, name), name)
    for kind, weights in whole.weights.items():
        np.testing.assert_array_equal(found.weights[kind], weights, kind)
    some = np.arange(40, dtype=np.int32)
    np.testing.assert_array_equal(
        found.weights.totals(some, some[::-1]), whole.weights.totals(some, some[::-1])
    )


def test_a_worker_killed_in_mid_run_changes_no_digit(cluster):
    doomed = cluster.a_worker()
    with connected(cluster.address) as client:
        client.wait_for_workers(2, timeout=60)
    missing, remains = a_registry()
    heard = []

    def kill_at_the_first_block(done, total):
        if not heard:
            doomed.send_signal(signal.SIGKILL)
        heard.append((done, total))

    found = ranked_on(cluster, kill_at_the_first_block)

    must_equal(found, rank(missing, remains, MODEL, top=TOP))
    assert doomed.wait(timeout=10) == -signal.SIGKILL
    assert heard[-1] == (len(missing) * len(remains),) * 2
    assert len(heard) > 4


def test_a_search_on_a_cluster_can_be_stopped(cluster):
    with pytest.raises(SearchStopped):
        ranked_on(cluster, lambda *_: False)


def test_a_cluster_with_another_engine_is_refused(tmp_path):
    for package in ("casework", "matching", "privacy"):
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    (tmp_path / "matching" / "__init__.py").write_text("# another day\n")
    mixed = Cluster(tmp_path)
    mixed.a_worker(tree=tmp_path)

    try:
        with pytest.raises(ClusterUnusable, match="Other versions of the engine are installed"):
            ranked_on(mixed)
    finally:
        mixed.stop()


def test_no_scheduler_is_said_in_one_sentence(monkeypatch):
    monkeypatch.setattr("casework.batch.cluster.SECONDS_TO_CONNECT", "1s")
    with (
        pytest.raises(ClusterUnusable, match=r"No scheduler answers at tcp://127\.0\.0\.1:9"),
        connected("tcp://127.0.0.1:9"),
    ):
        pass


def test_a_scheduler_without_workers_is_said_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("casework.batch.cluster.SECONDS_FOR_A_WORKER", 1)
    alone = Cluster(tmp_path)
    try:
        with (
            pytest.raises(ClusterUnusable, match="has no workers"),
            connected(alone.address),
        ):
            pass
    finally:
        alone.stop()


def test_an_open_way_is_said_to_be_open(cluster, capsys):
    with connected(cluster.address):
        pass

    assert "not encrypted" in capsys.readouterr().err
