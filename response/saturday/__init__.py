"""A frozen day of the practice world: its forecasts as they came, the cards to choose from, and how it ends."""
