"""Results on a page: maps, charts, the choice of hour and place, and the Python that makes them again."""
