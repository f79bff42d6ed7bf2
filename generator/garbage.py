"""Pauses Python's garbage collector where a million small values are made that all stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_MANY: Final = 100_000


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Stop the collector for a while: it would walk the same values again and again, more of them each time.

    Where very many values were made they are set apart for good: even the last collection, when the process ends, would
    else take half a second to find that nothing is garbage.
    """
    if not gc.isenabled():  # somebody further out does it
        yield
        return
    if gc.get_freeze_count():  # in a server: what an earlier time left may be garbage now
        gc.unfreeze()
        gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] > _MANY:
            gc.freeze()
        gc.enable()
