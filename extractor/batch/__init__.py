"""Many documents: find them, skip what is done, map the work, keep every outcome at once, write the tables.

``extractor.batch.run`` does all of it into a folder; what is here is all that reading a few files needs.
"""

from extractor.batch.archives import expected, unpacked
from extractor.batch.engine import Mapper, in_process, mapper_for, pool
from extractor.batch.inputs import Inputs, Job, find_inputs
from extractor.batch.work import Outcome, Sources, Work, rulebook

__all__ = [
    "Inputs",
    "Job",
    "Mapper",
    "Outcome",
    "Sources",
    "Work",
    "expected",
    "find_inputs",
    "in_process",
    "mapper_for",
    "pool",
    "rulebook",
    "unpacked",
]
