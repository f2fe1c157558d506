"""Small changes of a tool: of its parameters, or of pieces of its text; frequent ones are understood by rules."""
