"""khue eval …: how good retrieval and answers are, on files of passages and questions."""

import typer

group = typer.Typer(no_args_is_help=True, help="Measures retrieval and answers on files of passages and questions.")


@group.callback()
def evaluate() -> None:
    pass


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="eval")
