"""A cohort that is played through HTTP: who takes part, what each does, what came of it."""
