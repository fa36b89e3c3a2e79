"""Pictures as pure specifications: Altair charts and pydeck decks made of forecasts."""
