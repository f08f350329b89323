"""What the machine has: processors, a processor that multiplies bf16, a CUDA device."""

import os
from pathlib import Path

BF16_FLAGS = frozenset({"avx512_bf16", "amx_bf16"})


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def has_cuda(driver: Path = Path("/dev/nvidiactl")) -> bool:
    """Whether there is a CUDA device that torch can use; torch is asked only where a driver is there (on Linux)."""
    if not driver.exists():
        return False
    import torch

    return torch.cuda.is_available()


def multiplies_bf16(information: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether the processor multiplies bf16 numbers in instructions of its own, as Linux tells; elsewhere not known."""
    lines = information.read_text(encoding="utf-8").splitlines() if information.is_file() else []
    flags = next((line.partition(":")[2].split() for line in lines if line.startswith("flags")), [])
    return not BF16_FLAGS.isdisjoint(flags)
