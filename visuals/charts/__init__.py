"""Charts as Vega-Lite specifications, in one look."""
