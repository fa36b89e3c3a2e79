"""What people say, on a page: the form, the list, one's own, and moderation."""
