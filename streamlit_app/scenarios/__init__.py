"""The scenarios of a visitor: their form, their results, and taking them along."""
