"""The consent gate: the one way in for counts, weather and events, and the providers behind it."""
