"""The commands of ``python -m response``, one module a subject.

Each imports what it needs when it runs: fitting and forecasting take longer to load than the log takes to be read.
"""
