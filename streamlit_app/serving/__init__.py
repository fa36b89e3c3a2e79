"""Several processes behind one proxy: ``make serve WORKERS=2``, and what a Debian machine needs for it."""
