"""Cutting a notice: zones, outline, canonical sections."""

from extractor.sections.outline import segment

__all__ = ["segment"]
