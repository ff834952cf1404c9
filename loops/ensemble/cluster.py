"""The same pieces of work on a Dask cluster, whose workers must compute bit for bit as this machine does.

A Dask scheduler runs whatever code it is sent, so it belongs on a network of people who trust each other.
"""

from __future__ import annotations

import hashlib
import pickle
import platform
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import loops
from loops.ensemble.work import Piece, Pool, Work

if TYPE_CHECKING:
    from distributed import Client, Future

ADDRESS = re.compile(r"(tcp|tls)://([\w.-]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}")
PATIENCE = 10
"""Seconds to wait for a scheduler, for its first worker, and for news while no worker is left."""


class ClusterError(RuntimeError):
    """The cluster cannot be used; says why and what to do."""


@contextmanager
def on_cluster(work: Work, address: str) -> Iterator[Pool]:
    """Pieces of `work` on the cluster whose scheduler is at `address`; a lost worker's are run by another.

    Raises :class:`ClusterError` when Dask is not installed, nobody answers or there are no workers.
    """
    try:
        from distributed import Client, Security  # noqa: PLC0415  Dask is an extra
    except ImportError:
        raise ClusterError("Dask is not installed here: pip install 'living-loops[cluster]'") from None
    if not ADDRESS.fullmatch(address):  # Dask would start a cluster of its own, or hang when it is closed
        raise ClusterError(f"'{address}' is no address of a Dask scheduler: write it like tcp://host:8786")
    try:
        if address.startswith("tls") and not Security().get_connection_args("client")["ssl_context"]:
            raise ClusterError(
                f"'{address}' asks for TLS, and Dask is not told here what to show and whom to trust: set "
                "distributed.comm.tls in its configuration, or use a tcp:// address"
            )
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"no Dask scheduler answers at {address} ({error}): check the address and that it is running; "
            "without --scheduler the worlds run on this computer"
        ) from None
    try:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise ClusterError(
                f"the Dask scheduler at {address} has no workers: start some with dask worker {address}"
            ) from None
        packed = pickle.dumps(work)

        def run(first: int, count: int) -> Callable[[], Piece]:
            future = client.submit(_piece, packed, first, count, pure=False)
            return lambda: _result(client, future)

        yield Pool(run, 4 * sum(client.nthreads().values()))
    finally:
        with suppress(TimeoutError):  # a scheduler that answers no more: what is done is done
            client.close(timeout=PATIENCE)


def _result(client: Client, future: Future[Any]) -> Piece:
    """What a piece gave, however long it takes as long as there are workers."""
    while True:
        try:
            there, piece = future.result(timeout=PATIENCE)
        except TimeoutError:
            if not _workers(client):
                raise ClusterError("the cluster has lost its last worker") from None
            continue
        except ImportError as error:
            raise ClusterError(f"the workers need the same Living loops as is here ({error})") from error
        except Exception as error:
            if not _of_dask(error):
                raise
            raise ClusterError(f"the cluster gave up ({type(error).__name__})") from error
        _same_machine(there)
        done: Piece = piece
        return done


def _workers(client: Client) -> int:
    try:
        scheduler: Any = client.scheduler
        return len(client.sync(scheduler.ncores, callback_timeout=PATIENCE))
    except (OSError, TimeoutError):  # the scheduler is gone too, or answers no more
        return 0


def _of_dask(error: Exception) -> bool:
    """Whether it is Dask that failed, and not the work."""
    return type(error).__module__.split(".")[0] in ("distributed", "concurrent", "asyncio")


def _same_machine(there: Mapping[str, str]) -> None:
    """Refuse figures that this machine would not have made bit by bit."""
    here = fingerprint()
    for name, value in here.items():
        if there[name] != value:
            raise ClusterError(
                f"a worker has another {name} than this computer ({there[name]}, here {value}), so the last "
                "digits of its figures could differ: use workers like this computer, or leave out --scheduler"
            )


def _piece(packed: bytes, first: int, count: int) -> tuple[dict[str, str], Piece]:
    return fingerprint(), _unpacked(packed).run(first, count)


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> Work:
    """The work, unpacked once for all its pieces."""
    work: Work = pickle.loads(packed)  # noqa: S301  it comes from the scheduler, which may run any code here
    return work


@lru_cache(maxsize=1)
def fingerprint() -> dict[str, str]:
    """What decides the last digits: processor and its features, libraries, and this package's own text."""
    from llvmlite import binding  # noqa: PLC0415  what Numba compiles with

    features = binding.get_host_cpu_features().flatten()
    text, package = hashlib.sha256(), Path(loops.__file__).parent
    for path in sorted([*package.glob("*.py"), *package.glob("ensemble/*.py")]):
        text.update(path.read_bytes())
    return {
        "processor": f"{platform.machine()} {binding.get_host_cpu_name()}",
        "set of processor features": hashlib.sha256(features.encode()).hexdigest()[:12],
        **{name: version(name) for name in ("numba", "llvmlite", "numpy", "scipy")},
        "version of Living loops": text.hexdigest()[:12],
    }
