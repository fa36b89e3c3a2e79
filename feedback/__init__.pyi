from .contributions.contributions import Contribution as Contribution
from .contributions.contributions import find_contributions as find_contributions
