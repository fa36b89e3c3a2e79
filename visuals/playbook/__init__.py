"""The playbook in words, tables and a picture: what cards say, and what the week ahead asks of whom."""
