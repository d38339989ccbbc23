"""Runs on a real Ray cluster of several node processes on this machine; one of them is lost in the middle."""

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from annotator.corpus import Settings, Summary, on_ray, run
from annotator.errors import MissingExtraError
from tests.corpus.news import ROOT, SMALL, contents, lines, news

cluster_utils = pytest.importorskip("ray.cluster_utils")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head that does no work, and two nodes with one processor each; their processes use the stub."""
    import ray

    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ANNOTATOR_RUN_ANNOTATOR", "tests.stub:make")
        environment.setenv("PYTHONPATH", str(ROOT))
        environment.setenv("STUB_SECONDS", "0.05")
        environment.setenv("RAY_health_check_period_ms", "500")
        environment.setenv("RAY_health_check_failure_threshold", "2")
        started = cluster_utils.Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
        nodes = [started.add_node(num_cpus=1) for _ in range(2)]
        ray.init(address=started.address, log_to_driver=False)
        started.wait_for_nodes()
        yield started, nodes
        ray.shutdown()
        started.shutdown()


def test_a_cluster_ends_with_the_bytes_of_one_machine_though_a_node_is_lost(cluster: Any, tmp_path: Path) -> None:
    started, nodes = cluster
    path = news(tmp_path / "news.jsonl", 100, a9="FAIL", a20="CRASH")
    whole = run([path], tmp_path / "whole", SMALL, workers=2)
    got: list[Summary] = []
    work = Thread(target=lambda: got.append(run([path], tmp_path / "run", SMALL, engine=on_ray(None, 2))))
    work.start()
    while len(list(tmp_path.glob("run/done/*.json"))) < 3:
        assert work.is_alive()
        time.sleep(0.05)
    started.remove_node(nodes[0], allow_graceful=False)
    at_the_loss = len(list(tmp_path.glob("run/done/*.json")))
    work.join(timeout=120)
    assert got == [whole]
    assert at_the_loss < 25, "the node was lost when all was done"
    assert contents(tmp_path / "run") == contents(tmp_path / "whole")
    assert len(lines(tmp_path / "run" / "failures.jsonl")) == 2


def test_without_ray_the_error_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(MissingExtraError, match=r"attribution-annotator\[cluster\]"):
        run([news(tmp_path / "news.jsonl", 1)], tmp_path / "run", Settings(), engine=on_ray(None, 1))
