"""What is expected: forecasts with their uncertainty, and what they mean against thresholds.

The names in ``__init__.pyi`` are the front door: notebooks and other programs import these, never from inside.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
