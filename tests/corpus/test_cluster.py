"""Runs on a real Ray cluster of several node processes on this machine; one of them is lost in the middle."""

import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import pytest

from annotator.corpus import Settings, Summary, on_ray, run
from annotator.errors import MissingExtraError
from tests.corpus.news import ROOT, SMALL, contents, lines, news

cluster_utils = pytest.importorskip("ray.cluster_utils")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, list[Any], Path]]:
    """A head that does no work, and two nodes with one processor each; their processes use the stub and its folder."""
    import ray

    folder = tmp_path_factory.mktemp("stub")
    # Not below pytest's folder: the names of Ray's sockets would be too long for the system.
    with pytest.MonkeyPatch.context() as environment, TemporaryDirectory(prefix="ray-", dir="/tmp") as place:
        environment.setenv("RAY_TMPDIR", place)
        environment.setenv("ANNOTATOR_RUN_ANNOTATOR", "tests.stub:make")
        environment.setenv("PYTHONPATH", str(ROOT))
        environment.setenv("STUB_FOLDER", str(folder))
        environment.setenv("RAY_health_check_period_ms", "500")
        environment.setenv("RAY_health_check_failure_threshold", "2")
        started = cluster_utils.Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
        nodes = [started.add_node(num_cpus=1) for _ in range(2)]
        ray.init(address=started.address, log_to_driver=False)
        started.wait_for_nodes()
        yield started, nodes, folder
        ray.shutdown()
        started.shutdown()


def test_a_cluster_ends_with_the_bytes_of_one_machine_though_a_node_is_lost(
    cluster: tuple[Any, list[Any], Path], tmp_path: Path
) -> None:
    started, nodes, folder = cluster
    # The last article has the last shard to itself, which is begun when all others are: nothing ends before it may.
    path = news(tmp_path / "news.jsonl", 100, a9="FAIL", a20="CRASH", last="WAIT")
    (tmp_path / "go on").touch()
    whole = run([path], tmp_path / "whole", SMALL, workers=2)
    got: list[Summary] = []
    work = Thread(target=lambda: got.append(run([path], tmp_path / "run", SMALL, engine=on_ray(None, 2))))
    work.start()
    while len(list(tmp_path.glob("run/done/*.json"))) < 3:
        assert work.is_alive()
        time.sleep(0.05)
    started.remove_node(nodes[0], allow_graceful=False)
    (folder / "go on").touch()
    work.join()
    assert got == [whole]
    assert contents(tmp_path / "run") == contents(tmp_path / "whole")
    assert len(lines(tmp_path / "run" / "failures.jsonl")) == 2


def test_without_ray_the_error_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(MissingExtraError, match=r"attribution-annotator\[cluster\]"):
        run([news(tmp_path / "news.jsonl", 1)], tmp_path / "run", Settings(), engine=on_ray(None, 1))
