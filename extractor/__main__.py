"""``python -m extractor`` is the command ``notice``."""

from extractor.cli import main

raise SystemExit(main())
