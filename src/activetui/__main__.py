"""`python -m activetui`: the same as the installed command."""

from activetui.cli.main import run

if __name__ == "__main__":
    run()
