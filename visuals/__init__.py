"""Pictures as pure specifications: Altair charts and pydeck decks made of forecasts.

The names in ``__init__.pyi`` are the front door: notebooks and other programs import these, never from inside.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
