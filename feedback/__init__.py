"""What people say: contributions, sessions, statements and votes, moderation, privacy, advice."""
