"""The names the package promises."""

import extractor
from extractor.pipeline import process


def test_every_public_name_is_there() -> None:
    for name in extractor.__all__:
        assert getattr(extractor, name) is not None
    assert extractor.process is process


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(extractor, "nothing_of_the_kind")
