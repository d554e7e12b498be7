"""Word files written again with something added: comments, changes. Whatever is not changed stays byte for byte."""
