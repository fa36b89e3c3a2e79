"""What is done about crowds: the cards of a playbook, when each would be used, and who may see what of it.

The names in ``__init__.pyi`` are the front door: notebooks and other programs import these, never from inside.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
