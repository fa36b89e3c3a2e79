from .area.area import Area as Area
from .area.area import list_areas as list_areas
from .area.area import load_area as load_area
from .consent.gate import read as read
