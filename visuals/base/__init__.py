"""What all pictures stand on: colours, places, hexagons and the base map."""
