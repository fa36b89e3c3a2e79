"""Documents made of results: workbooks, reports of sessions, press kits."""
