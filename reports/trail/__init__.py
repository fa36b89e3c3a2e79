"""The trail of one advice or own words: from remark to measured effect, joined from what is stored."""
