"""spaCy at the borders, its only importer: proposals of an installed pipeline, and notices handed over as spaCy Docs.

spaCy takes half a second to load; it is imported only when a pipeline is asked for (``--ner``) or a Doc is made.
"""

from extractor.language.docs import to_docbin, to_spacy
from extractor.language.pipelines import load
from extractor.language.proposals import propose
from extractor.language.weigh import take, weigh

__all__ = ["load", "propose", "take", "to_docbin", "to_spacy", "weigh"]
