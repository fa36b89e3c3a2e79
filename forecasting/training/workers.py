"""Doing work in parallel: on the cores of this machine, or on a Dask cluster of which the address is given."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from joblib import Parallel, delayed, parallel_config

from language import UserError

Result = TypeVar("Result")
_PATIENCE = "20s"


@dataclass(frozen=True)
class Workers:
    """``jobs``: parallel processes, 0 for one a core; on a cluster it is the cluster's size that counts."""

    jobs: int = 0
    cluster: bool = False

    def each(self, function: Callable[..., Result], arguments: Iterable[tuple[Any, ...]]) -> Iterator[Result]:
        """Yield the result of ``function`` for each tuple of arguments, in their order."""
        count = -1 if self.cluster else (self.jobs or os.cpu_count() or 1)
        tasks = (delayed(function)(*given) for given in arguments)
        results: Iterator[Result] = Parallel(n_jobs=count, return_as="generator")(tasks)
        return results


@contextmanager
def workers(jobs: int = 0, scheduler: str | None = None) -> Iterator[Workers]:
    """Yield workers: those of the Dask ``scheduler`` (``tcp://host:port``), or processes on this machine.

    The cluster's workers must have the same version of this project and its packages. Raises ``UserError`` when the
    scheduler does not answer, or has no workers.
    """
    if scheduler is None:
        yield Workers(jobs)
        return
    from distributed import Client

    try:
        client = Client(scheduler, timeout=_PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as error:
        raise UserError("The Dask scheduler at {address} does not answer.", address=scheduler) from error
    with client:
        if not client.scheduler_info()["workers"]:
            raise UserError("The Dask scheduler at {address} has no workers.", address=scheduler)
        with parallel_config(backend="dask"):
            yield Workers(jobs, cluster=True)
