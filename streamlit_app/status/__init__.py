"""Status: the board of this moment for professionals, and what everybody reads later of what was done."""
