"""One timeline of everything that happened in the manager, gathered from what is stored; nothing of it is typed."""
