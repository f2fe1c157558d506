"""Checks of what is handed in, each in a process of its own with a limit of time and memory.

Plain Python that knows nothing of Django: what a check hangs or crashes is the child and nothing else."""
