"""Reading other people's tables: counts, weather and events from CSV or Parquet, checked row by row."""
