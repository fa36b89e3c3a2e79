"""The notebook: the header above every page, and the cell in which every result stands."""
