"""What is known: areas, zones, sources behind the consent gate, calendars, counts, weather and events."""
