"""What is done about crowds: cards of a playbook, when each is used, on what conditions, at what cost, and how far.

The names in ``__init__.pyi`` are the front door: notebooks and other programs import these, never from inside.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
