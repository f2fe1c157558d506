"""What an assistant is, as data: its shape, its file, its identity. Plain Python."""
