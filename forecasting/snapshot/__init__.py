"""Freezing what is known at a moment, and computing a forecast or a scenario from that alone."""
