"""Workbooks on a page: whose they are, what is kept in them, and presenting them."""
