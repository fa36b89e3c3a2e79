"""Values that forecasts are made of and compared with: hours, forecasts, scenarios and thresholds."""
