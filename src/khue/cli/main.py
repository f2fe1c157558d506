"""Entry point of the khue command: gathers the groups of verbs."""

import os
import sys
from importlib import import_module
from pkgutil import iter_modules

import typer

import khue.cli
from khue.gateway import egress

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="Khuê: academy and AI workbench.")


def gather() -> None:
    """Each module of khue.cli that has `register(app)` adds its verbs."""
    for module in iter_modules(khue.cli.__path__):
        if module.name != "main":
            verbs = import_module(f"khue.cli.{module.name}")
            if hasattr(verbs, "register"):
                verbs.register(app)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khue.config.settings")
    egress.install(sources=sys.argv[1:3] == ["models", "pull"])
    gather()
    app()


if __name__ == "__main__":
    main()
