from .contributions import Contribution as Contribution
from .contributions import find_contributions as find_contributions
