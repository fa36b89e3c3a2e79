"""Effects: what a measure did, reckoned from days with and without it against what was forecast before."""
