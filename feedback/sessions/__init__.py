"""Sessions: agenda, statements, votes, answers, proposals, paper, advices, and what a room sees."""
