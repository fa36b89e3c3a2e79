"""The server: plain addresses, warm-up and what it looks after by itself."""
