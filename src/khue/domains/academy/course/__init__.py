"""A programme as a folder: what its files may say, reading them with errors that name file, line and what to do, and
the ZIP in which it travels. Knows no tables."""
