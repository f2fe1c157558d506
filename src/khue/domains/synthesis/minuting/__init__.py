"""Notes or a transcript of a meeting to what minutes hold, each with its line; rules find, no model decides."""
