from .area import Area as Area
from .area import list_areas as list_areas
from .area import load_area as load_area
from .gate import read as read
