"""What looks wrong in counts: rules, a report, and doubts about series."""
