"""Work that takes longer than a page may keep anybody waiting: begun by a request, done beside it, looked at till over.

It is given all it needs and touches no table; what it found waits, sealed, for the request that takes it over. One at
a time in each process. Where a process ends before its work does, the work is gone and whoever asked is told so.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.core.cache import cache

from . import sealedcache
from .refusals import Refusal, RuleViolation
from .refusals import later as _

log = logging.getLogger(__name__)
# Told how much is done, of how much.
type Tell = Callable[[int, int], None]
# So long work may give no sign of life before it counts as gone.
SILENT = 5 * 60
KEPT = 60 * 60
BROKEN = Refusal("long_work_broken", _("没有办成，已经记下来给维护的人看。请再试一次；还不行，请告诉他们。"))


@dataclass(frozen=True, slots=True)
class Work:
    """How far it is; once it is over, what it gave or why it could not."""

    percent: int = 0
    is_over: bool = False
    result: object = None
    refusals: tuple[Refusal, ...] = ()


def begin(place: str, work: Callable[[Tell], object], *, kept: int = KEPT) -> None:
    """Begin; what comes of it is kept so many seconds under a place that only its owner can name.

    What is under way there already is not begun again.
    """
    if cache.add(_percent(place), 0, SILENT):
        _beside(lambda: _do(place, work, kept))


def look(place: str) -> Work | None:
    """How it stands; None where nothing runs or waits there (never begun, lost on the way, kept long enough)."""
    found = sealedcache.take(place)
    if isinstance(found, Work):
        return found
    percent = cache.get(_percent(place))
    return None if percent is None else Work(percent)


def forget(place: str) -> None:
    """Drop what it gave."""
    sealedcache.drop(place)


def _percent(place: str) -> str:
    return f"{place}:percent"


def _do(place: str, work: Callable[[Tell], object], kept: int) -> None:
    def tell(done: int, whole: int) -> None:
        cache.set(_percent(place), min(99, 100 * done // max(whole, 1)), SILENT)

    sealedcache.put(place, _outcome(work, tell), kept)
    cache.delete(_percent(place))


def _outcome(work: Callable[[Tell], object], tell: Tell) -> Work:
    try:
        return Work(100, is_over=True, result=work(tell))
    except RuleViolation as refused:
        return Work(100, is_over=True, refusals=refused.refusals)
    except Exception:
        log.exception("long work broke")
        return Work(100, is_over=True, refusals=(BROKEN,))


_pool: ThreadPoolExecutor | None = None


def _beside(act: Callable[[], None]) -> None:
    """Made when first needed: threads do not survive the fork of a server's processes."""
    global _pool
    _pool = _pool or ThreadPoolExecutor(1, thread_name_prefix="longwork")
    _pool.submit(act)
