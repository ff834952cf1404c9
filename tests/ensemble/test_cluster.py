"""The same ensembles on a real Dask cluster of two processes, and what happens when it fails."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
from dataclasses import replace as changed
from pathlib import Path

import numpy as np
import pytest
from distributed import LocalCluster

import loops
from loops.ensemble import cluster, simulate
from loops.ensemble.cluster import ClusterError, fingerprint
from loops.ensemble.simulate import simulate_ensemble
from loops.ensemble.work import Work
from loops.simulate import DidNotFinish


def local(workers: int, **more) -> LocalCluster:
    return LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", **more)


@pytest.fixture(scope="module")
def two_workers():
    with local(2) as running:
        yield running


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(simulate, "PIECE", 100)


def test_the_digest_is_that_of_threads(comparison, worlds, two_workers, small_pieces):
    here = simulate_ensemble(comparison, worlds=worlds, count=1_950, threads=1)
    there = simulate_ensemble(comparison, worlds=worlds, count=1_950, scheduler=two_workers.scheduler_address)
    assert there.digest == here.digest
    assert there.stopped == ""


def test_a_worker_killed_half_way_costs_nothing(comparison, worlds, two_workers, small_pieces):
    """Its pieces are run again by the others; the cluster's keeper starts another worker in its place."""
    killed = []

    def kill_one(share: float, words: str) -> None:
        if share >= 0.3 and not killed:
            worker = two_workers.workers[0]
            killed.append(worker.pid)
            os.kill(worker.pid, signal.SIGKILL)

    there = simulate_ensemble(
        comparison, worlds=worlds, count=3_000, scheduler=two_workers.scheduler_address, progress=kill_one
    )
    assert len(killed) == 1
    assert there.digest == simulate_ensemble(comparison, worlds=worlds, count=3_000).digest


def test_cancelling_keeps_what_is_done(comparison, worlds, two_workers, small_pieces):
    def stop(share: float, words: str) -> None:
        raise simulate.Cancelled

    part = simulate_ensemble(
        comparison, worlds=worlds, count=1_000, scheduler=two_workers.scheduler_address, progress=stop
    )
    assert part.digest == simulate_ensemble(comparison, worlds=worlds, count=100).digest
    assert part.stopped == "stopped after 100 of 1,000 worlds"


def test_when_the_last_worker_goes_what_is_done_is_kept(comparison, worlds, monkeypatch, small_pieces):
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with local(1) as running:

        def close(share: float, words: str) -> None:
            running.scale(0)

        part = simulate_ensemble(
            comparison, worlds=worlds, count=200_000, scheduler=running.scheduler_address, progress=close
        )
    assert 0 < part.done < 200_000
    assert part.stopped == (
        f"the cluster has lost its last worker: stopped after {part.done:,} of 200,000 worlds"
    )
    assert part.digest == simulate_ensemble(comparison, worlds=worlds, count=part.done).digest


def test_a_worker_that_computes_otherwise_is_refused(comparison, worlds, two_workers, monkeypatch):
    here = {**fingerprint(), "numpy": "1.0"}
    monkeypatch.setattr(cluster, "fingerprint", lambda: here)
    with pytest.raises(ClusterError, match=r"a worker has another numpy than this computer \(.*, here 1.0\)"):
        simulate_ensemble(comparison, worlds=worlds, count=10, scheduler=two_workers.scheduler_address)


def test_a_worker_that_computes_otherwise_and_comes_late_costs_nothing(
    comparison, worlds, two_workers, monkeypatch, small_pieces
):
    here = fingerprint()

    def another(share: float, words: str) -> None:
        monkeypatch.setattr(cluster, "fingerprint", lambda: {**here, "numpy": "1.0"})

    part = simulate_ensemble(
        comparison, worlds=worlds, count=1_000, scheduler=two_workers.scheduler_address, progress=another
    )
    assert part.interrupted
    assert part.stopped.startswith("a worker has another numpy than this computer")
    assert part.stopped.endswith(": stopped after 100 of 1,000 worlds")
    assert part.digest == simulate_ensemble(comparison, worlds=worlds, count=100).digest


@pytest.mark.parametrize("room", ["kernel.py", "ensemble/work.py"])
def test_another_text_of_what_runs_worlds_is_another_version(tmp_path, monkeypatch, room):
    package = Path(loops.__file__).parent
    shutil.copytree(package, tmp_path / "loops", ignore=shutil.ignore_patterns("ui", "__pycache__", "models"))
    monkeypatch.setattr(loops, "__file__", str(tmp_path / "loops" / "__init__.py"))

    def version() -> str:
        fingerprint.cache_clear()
        return fingerprint()["version of Living loops"]

    same = version()
    with (tmp_path / "loops" / room).open("a") as text:
        text.write("# edited\n")
    edited = version()
    monkeypatch.undo()
    assert version() == same != edited


def test_a_run_that_does_not_finish_says_why_as_it_would_here(comparison, worlds, two_workers):
    work = Work.of(comparison, worlds)
    nowhere = changed(work.runs.at_zero, level=np.full_like(work.runs.at_zero.level, np.nan))
    broken = changed(work, runs=changed(work.runs, at_zero=nowhere))
    with (
        cluster.on_cluster(broken, two_workers.scheduler_address) as pool,
        pytest.raises(DidNotFinish, match="stopped being a number"),
    ):
        pool.run(0, 1)()


def test_a_scheduler_without_workers_is_said_to_have_none(comparison, worlds, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with (
        local(0) as running,
        pytest.raises(ClusterError, match="has no workers: start some with dask worker"),
    ):
        simulate_ensemble(comparison, worlds=worlds, count=10, scheduler=running.scheduler_address)


def test_when_the_scheduler_goes_what_is_done_is_kept(comparison, worlds, monkeypatch, small_pieces):
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with local(1) as running:

        def close(share: float, words: str) -> None:
            running.close()

        part = simulate_ensemble(
            comparison, worlds=worlds, count=200_000, scheduler=running.scheduler_address, progress=close
        )
    assert 0 < part.done < 200_000
    assert part.stopped.startswith("the cluster ")


def test_when_the_scheduler_answers_no_more_what_is_done_is_kept(
    comparison, worlds, monkeypatch, small_pieces
):
    """A frozen machine or a cut cable: the connection stays, and nothing comes."""
    monkeypatch.setattr(cluster, "PATIENCE", 1)

    async def never(**asked) -> None:
        await asyncio.sleep(60)

    with local(1) as running:
        frozen = running.workers[0].pid

        def freeze(share: float, words: str) -> None:
            running.scheduler.handlers["ncores"] = never
            os.kill(frozen, signal.SIGSTOP)

        part = simulate_ensemble(
            comparison, worlds=worlds, count=200_000, scheduler=running.scheduler_address, progress=freeze
        )
        os.kill(frozen, signal.SIGCONT)
    assert 0 < part.done < 200_000
    assert part.stopped.startswith("the cluster has lost its last worker")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:{port}", "tcp://no.such.invalid:1", "tcp://[::1]:{port}"]
)
def test_a_scheduler_that_does_not_answer_is_said_so(comparison, worlds, monkeypatch, address):
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with pytest.raises(ClusterError, match="no Dask scheduler answers at"):
        simulate_ensemble(comparison, worlds=worlds, count=10, scheduler=address.format(port=free_port()))


@pytest.mark.parametrize(
    "address", ["", " ", "nonsense", "localhost", "http://x:1", "tcp://x", "tcp://x:y", "tcp://[::1:1"]
)
def test_what_is_no_address_is_refused_before_dask_sees_it(comparison, worlds, address):
    with pytest.raises(ClusterError, match=r"no address of a Dask scheduler: write it like tcp://host:8786"):
        simulate_ensemble(comparison, worlds=worlds, count=10, scheduler=address)


def test_tls_without_certificates_is_refused_before_dask_sees_it(comparison, worlds):
    """Dask's client would fail with a stack trace, and wait twenty seconds to be closed."""
    with pytest.raises(ClusterError, match=r"asks for TLS.*or use a tcp:// address"):
        simulate_ensemble(comparison, worlds=worlds, count=10, scheduler=f"tls://127.0.0.1:{free_port()}")


def test_without_dask_it_says_what_to_install(comparison, worlds, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'living-loops\[cluster\]'"):
        simulate_ensemble(comparison, worlds=worlds, count=10, scheduler="tcp://127.0.0.1:1")
