"""The week ahead: when each card would be used, by when to decide, what it is expected to do, and what it did."""
