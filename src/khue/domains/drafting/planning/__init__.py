"""From a brief to the parts of a text, and whether a sentence says what its source says. Plain Python."""
