"""The command ``notice``. Nothing heavy is loaded before it is known what is asked for."""

import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code: 0 done, 1 findings at the failing level, 2 not read or wrong usage, 130 interrupted."""
    from extractor import patterns
    from extractor.cli.parser import build, language
    from extractor.errors import NoticeError

    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        # A file name that is no text must not end the program. In JSON, what this writes is an escape that can be read.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    parser = build(language(arguments))
    try:
        options = parser.parse_args(arguments)
        if options.command is None:
            parser.print_help(sys.stderr)
            return 2
        code = int(options.run(options))
        sys.stdout.flush()
        patterns.keep()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read us has seen enough. What is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except NoticeError as error:
        complain(str(error))
        return 2
    except OSError as error:
        complain(f"{error.filename or ''}{'：' if error.filename else ''}{error.strerror or error}")
        return 2
    return code


def complain(message: str) -> None:
    """One line on standard error."""
    print("notice: " + " ".join(message.split()), file=sys.stderr, flush=True)
