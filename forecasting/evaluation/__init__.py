"""How good forecasts were: backtests, the simple rules they must beat, and scores."""
