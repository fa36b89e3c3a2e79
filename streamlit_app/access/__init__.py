"""Who somebody is: cookies, roles and limits on guesses."""
