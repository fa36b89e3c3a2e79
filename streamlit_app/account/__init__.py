"""The account to everybody: on what conditions, with which sources, at what cost, and how far."""
