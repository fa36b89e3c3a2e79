"""The picture studio on a page: choosing, words, approving and releasing."""
