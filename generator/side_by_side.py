"""Runs two pure functions at the same time, the second in a forked process, and returns both results.

Both hold the interpreter's lock, so threads would not help; a forked process shares the corpus without copying it.
Where there is no fork the two run one after the other, with the same results.
"""

import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")


def side_by_side(first: Callable[[], T], second: Callable[[], U]) -> tuple[T, U]:
    """Return the results of both; an exception in either one is raised here."""
    if not hasattr(os, "fork") or (os.cpu_count() or 1) == 1:
        return first(), second()
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(second, receiver, sender))
    process.start()
    sender.close()
    try:
        result = first()
        other = receiver.recv()
    except EOFError:
        raise RuntimeError("the second process ended without a result") from None
    finally:
        receiver.close()
        process.join()
    if isinstance(other, BaseException):
        raise other
    return result, other


def halves(items: Sequence[T]) -> tuple[Sequence[T], Sequence[T]]:
    """Divide items in turn: what lies near each other is alike, and takes both processes the same time."""
    return items[::2], items[1::2]


def joined(first: Sequence[T], second: Sequence[T]) -> list[T]:
    """Put what was made of two halves back into the order of the items."""
    found = [*first, *second]
    found[::2], found[1::2] = first, second
    return found


def _send(function: Callable[[], U], receiver: Connection, sender: Connection) -> None:
    receiver.close()  # else a parent that gives up would leave this process waiting for a reader for ever
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    try:
        result: object = function()
    except Exception as error:  # noqa: BLE001 - raised again in the parent
        result = error
    with suppress(BrokenPipeError), sender:
        sender.send(result)


def _end_with_the_parent() -> None:  # pragma: no cover - nobody is left to count it
    """End at once when the first process is killed: what it has locked is locked as long as this one lives."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
