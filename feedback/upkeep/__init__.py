"""What is owed to people and kept safe: erasing, letting go in time, backing up and putting back."""
