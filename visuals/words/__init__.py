"""What results mean, in plain sentences."""
