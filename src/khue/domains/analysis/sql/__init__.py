"""From a question to a statement that only reads: what the model is shown, what it writes, what may run."""
