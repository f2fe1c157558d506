"""From words to a tool: which kind fits, what the model is told, what came of its answer. Plain Python."""
