"""The week ahead of a playbook as documents: text, table, JSON, calendar and a page to print."""
