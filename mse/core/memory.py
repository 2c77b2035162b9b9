"""What a serving process does with its memory, settled before it serves."""

import ctypes
import gc
import sys

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8  # of glibc's malloc.h


def give_memory_back() -> None:
    """glibc keeps what hashing a password frees, once for each thread, unless told before the fork."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform.startswith("linux") else None
    if mallopt is not None:
        for option, value in (
            (M_ARENA_MAX, 2),
            (M_MMAP_THRESHOLD, 128 * 1024),
            (M_TRIM_THRESHOLD, 128 * 1024),
        ):
            mallopt(option, value)


def keep_what_is_loaded() -> None:
    """The application stays as long as the process: the search for garbage leaves it alone, so it costs
    less and writes nothing into pages that processes share."""
    gc.collect()
    gc.freeze()
