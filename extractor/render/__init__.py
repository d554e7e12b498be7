"""Findings and notices for people and other programs: terminal, JSON."""
