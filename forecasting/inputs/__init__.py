"""What a forecast is made from: counts, weather and special days as arrays, and what is normal."""
