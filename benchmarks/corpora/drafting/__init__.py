"""What the checker is measured on: right documents, and the same with one departure each."""
