"""Memory settings of the server, applied before its processes are forked."""

import ctypes
import gc
import sys

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8  # of glibc's malloc.h


def give_memory_back() -> None:
    """Make glibc return freed memory to the system; by default each thread keeps the memory that password
    hashing has freed. Call it before the fork."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform.startswith("linux") else None
    if mallopt is not None:
        for option, value in (
            (M_ARENA_MAX, 2),
            (M_MMAP_THRESHOLD, 128 * 1024),
            (M_TRIM_THRESHOLD, 128 * 1024),
        ):
            mallopt(option, value)


def freeze_loaded_objects() -> None:
    """Exclude the loaded application from garbage collection. Collections become cheaper and do not write
    into memory pages that processes share."""
    gc.collect()
    gc.freeze()
