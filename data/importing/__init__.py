"""Reading other people's files: counts, weather and events, checked row by row."""
