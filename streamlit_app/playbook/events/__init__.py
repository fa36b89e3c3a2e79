"""Events that are proposed: the form for who proposes one, and what each would do."""
