"""Open data: counts and forecasts in forms that other programs know."""
