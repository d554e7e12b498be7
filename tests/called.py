"""The command as the tests call it, inside this process."""

from extractor.cli import main


def call(*arguments: str) -> int:
    """The exit code of ``notice arguments…``."""
    try:
        return main(arguments)
    except SystemExit as end:
        return int(end.code or 0)
