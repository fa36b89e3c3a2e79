"""What is expected: forecasts with their uncertainty, and what they mean against thresholds."""
