"""Randomness without a sequence: a number is a hash of seed, stream and counters.

So any hour of any zone can be made on its own, and is the same whatever period is asked for. The hash is the
finaliser of SplitMix64 (Steele, Lea & Flood, *Fast splittable pseudorandom number generators*, 2014).
"""

import hashlib
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]
Counters = NDArray[np.int64] | int


def uniform(seed: int, stream: str, *counters: Counters) -> Floats:
    """Return uniform numbers in (0, 1), one for each combination of the counters (broadcast)."""
    state = np.asarray(key(f"{seed}/{stream}")).astype(np.uint64)
    for counter in counters:
        state = _mix(state ^ _mix(np.asarray(counter, dtype=np.int64).astype(np.uint64)))
    return ((state >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53


def normal(seed: int, stream: str, *counters: Counters) -> Floats:
    """Return standard normal numbers, one for each combination of the counters (broadcast)."""
    return np.asarray(ndtri(uniform(seed, stream, *counters)))


def smooth(seed: int, stream: str, time: NDArray[np.int64], scale: float, *counters: Counters) -> Floats:
    """Return standard normal noise that changes smoothly over ``time``, on a scale of that many steps.

    Values hashed at lattice points are blended by a smoothstep and divided by the blend's own standard
    deviation, so the variance is 1 at every moment. Counters broadcast against ``time``.
    """
    position = time / scale + float(uniform(seed, stream + "/phase"))
    lattice = np.floor(position).astype(np.int64)
    part = position - lattice
    weight = part * part * (3 - 2 * part)
    before = normal(seed, stream, *counters, lattice)
    after = normal(seed, stream, *counters, lattice + 1)
    blend = before * (1 - weight) + after * weight
    return np.asarray(blend / np.sqrt((1 - weight) ** 2 + weight**2))


@cache
def key(name: str) -> int:
    """Return a counter for something that has a name, the same on any machine."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little", signed=True)


def _mix(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    with np.errstate(over="ignore"):
        x = x + np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(x ^ (x >> np.uint64(31)))
