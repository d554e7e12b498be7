"""Settling what was found: years, roles, relative dates, the notice's region, full names."""

from extractor.resolve.mentions import resolve

__all__ = ["resolve"]
