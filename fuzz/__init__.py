"""Mutated files against every reader: nothing but ``ReadError`` may come out, in time and in memory."""
