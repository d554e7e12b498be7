"""Makes the corpus: marked notices in, plain notices and their gold out. See corpus/ANNOTATING.md."""
