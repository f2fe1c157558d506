"""The khue command: one module for each group of verbs."""
