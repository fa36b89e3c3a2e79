"""Actions: what was planned, decided, done or left, on record and chained, so that nothing changes unseen."""
