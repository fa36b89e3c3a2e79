"""Choosing, proposing and adopting thresholds, and what they would mean."""
