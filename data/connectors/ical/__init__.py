"""Reading calendars in iCalendar format (RFC 5545) part by part, so that a broken part costs that part alone."""
