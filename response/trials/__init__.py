"""Trials: a question, days on and off drawn by lot in public, a plan that is frozen, and its result whatever it is."""
