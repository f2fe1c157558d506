"""From evidence to a checked answer: pure rules, no database, no model calls."""
