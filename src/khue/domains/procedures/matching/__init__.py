"""Which procedure a question means: names and everyday words compared, plain Python and numbers."""
