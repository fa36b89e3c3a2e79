"""Types of arrays, named once."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Indices = NDArray[np.intp]
Levels = NDArray[np.int8]
"""Indices in ``thresholds.LEVELS``."""
