"""Statistics that people who write policy need: plain tables in, frozen results out, no words and no database."""
