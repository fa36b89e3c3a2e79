"""Areas: their zones, sources, calendars, measures and clock, validated on reading."""
