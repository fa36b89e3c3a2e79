"""What looks wrong in data that came in: said in one sentence each, and nothing is removed."""
