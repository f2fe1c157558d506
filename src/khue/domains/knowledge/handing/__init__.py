"""A conversation as evidence in a lab, and what a program can see in it. Plain Python: run in a process of its own."""
