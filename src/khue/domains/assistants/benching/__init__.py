"""How an answer did on a test question, and what a run comes to. Plain Python."""
