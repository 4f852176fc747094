"""The ways in which an archive is screened: in this process, in several, or over a cluster (Dask).

All map one function over the parts and give back what it found, so the result is the same. No more
parts are on their way than there are workers, and a few: memory stays flat however large an archive
is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

import govkit
from govkit.assessment.screening import Screen
from govkit.errors import GovkitError, WrongUse
from govkit.procedures.assessment.screening import LoadedPart, Screened, screened

Parts = Iterable[LoadedPart]
Found = Iterator[tuple[int, Screened]]
_ADDRESS = re.compile(r"(?:tcp|tls)://[A-Za-z0-9.:\[\]-]{1,200}:[0-9]{1,5}")
_SECONDS = 15
"""How long a scheduler may take to answer."""
_AHEAD = 2
"""Parts that wait for a worker, so that none waits for a part."""


def here(screen: Screen, parts: Parts) -> Found:
    """Screen the parts one after the other."""
    for number, snapshots in parts:
        yield number, screened(screen, snapshots)


class Processes:
    """Some processes of this machine."""

    def __init__(self, count: int) -> None:
        """Take how many."""
        self._count = count

    def __call__(self, screen: Screen, parts: Parts) -> Found:
        """Screen the parts, and give each back when it is done."""
        from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
        from concurrent.futures.process import BrokenProcessPool

        pool = ProcessPoolExecutor(self._count)
        running: dict[Any, int] = {}
        left = iter(parts)
        try:
            while True:
                while len(running) < self._count + _AHEAD and (part := next(left, None)):
                    running[pool.submit(screened, screen, part[1])] = part[0]
                if not running:
                    return
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for each in done:
                    yield running.pop(each), each.result()
        except BrokenProcessPool:
            raise GovkitError(
                "a process that screened was killed",
                "It may have wanted more memory than there is: take fewer with --jobs. "
                "The same command goes on where this one stopped.",
            ) from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


class Cluster:
    """The workers of a Dask cluster, found through its scheduler.

    A scheduler and its clients run what the others send: it has to be one's own.
    """

    def __init__(self, address: str) -> None:
        """Take the address of the scheduler. Raises `WrongUse` where it is none."""
        if not _ADDRESS.fullmatch(address):
            raise WrongUse(
                f"`{address}` is no address of a scheduler", "Write it as tcp://HOST:8786."
            )
        self._address = address

    def __call__(self, screen: Screen, parts: Parts) -> Found:
        """Screen the parts, and give each back when it is done."""
        with self._client() as client:
            self._require_same(client)
            yield from self._mapped(client, screen, parts)

    def _client(self) -> Any:
        try:
            made: Any = import_module("distributed").Client
        except ImportError:
            raise GovkitError(
                "Dask is not installed", "Run: pip install 'coalition-govkit[dask]'"
            ) from None
        try:
            return made(self._address, timeout=_SECONDS, set_as_default=False)
        except (OSError, ValueError):
            raise GovkitError(
                f"no scheduler answers at {self._address}",
                "Is it running, and is that its address? `dask scheduler` prints it.",
            ) from None

    def _require_same(self, client: Any) -> None:
        """Raise `GovkitError` where a worker has another govkit, or there is no worker."""
        try:
            found = client.run(version_here)
        except Exception:  # noqa: BLE001 a worker without govkit fails with whatever it has
            found = {"a worker": "none"}
        if not found:
            raise GovkitError(
                f"the cluster at {self._address} has no worker", "Start one: `dask worker ADDRESS`."
            )
        for worker, version in sorted(found.items()):
            if version != govkit.__version__:
                raise GovkitError(
                    f"{worker} has govkit {version}, and this is {govkit.__version__}",
                    "Install the same one on every worker: pip install 'coalition-govkit[dask]'",
                )

    def _mapped(self, client: Any, screen: Screen, parts: Parts) -> Found:
        most = len(client.scheduler_info()["workers"]) * 2 + _AHEAD
        asked = client.scatter(screen, broadcast=True)
        running: dict[str, int] = {}
        left = iter(parts)
        completed: Any = import_module("distributed").as_completed(loop=client.loop)

        def more() -> bool:
            part = next(left, None)
            if part is None:
                return False
            # Large arguments go over once, to the worker that takes them.
            future = client.submit(screened, asked, part[1], pure=False)
            running[future.key] = part[0]
            completed.add(future)
            return True

        while len(running) < most and more():
            pass
        for future in completed:
            yield running.pop(future.key), self._result(future)
            more()

    def _result(self, future: Any) -> Screened:
        try:
            found: Screened = future.result()
        except Exception as error:  # noqa: BLE001 whatever a cluster fails with
            raise GovkitError(
                f"the cluster did not finish a part: {type(error).__name__}",
                "The same command goes on where this one stopped.",
            ) from None
        return found


def version_here() -> str:
    """Return the version of govkit where this runs."""
    return govkit.__version__
