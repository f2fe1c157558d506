"""Parts of the benchmark of assistants that have a section of their own."""
