"""Where files are kept and how they are read and written safely: home, locks, limits on what comes from outside."""
