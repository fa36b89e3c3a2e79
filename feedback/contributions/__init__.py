"""What people say about what they saw: contributions, their moderation, and what the public reads of them."""
