"""Make rules/traditional.tsv: traditional characters and the simplified ones they are matched as.

Input: TSCharacters.txt of the OpenCC dictionaries (Apache-2.0), as shipped in the package opencc-python-reimplemented.
Usage: python scripts/make_traditional.py TSCharacters.txt > rules/traditional.tsv
"""

import sys
from pathlib import Path


def main(path: str) -> None:
    print("# traditional<TAB>simplified, one character each; from OpenCC TSCharacters (Apache-2.0)")
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        traditional, _, choices = line.partition("\t")
        simplified = choices.split(" ")[0]
        if (
            len(traditional) == len(simplified) == 1
            and traditional != simplified
            and ord(traditional) < 0x10000
        ):
            print(f"{traditional}\t{simplified}")


if __name__ == "__main__":
    main(sys.argv[1])
