"""Maps: pydeck decks, maps as charts, and their texts and legends."""
