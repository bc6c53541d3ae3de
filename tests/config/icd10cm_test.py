"""Holds the ICD-10-CM categories of the concepts to the code table, and the table in plugins/rules/README.md to them.

`icd10cm_test.py --write` writes that table anew.
"""

import bisect
import gzip
import json
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "tests/data/icd10cm"
README = ROOT / "plugins/rules/README.md"
HEAD = "| concept | ICD-10-CM | left out |\n|---|---|---|\n"


def rows():
    return json.loads((ROOT / "config/knowledge/icd10cm.json").read_text(encoding="utf-8"))["rows"]


def codes():
    """Every code of 2026 and those added in 2027, without dots: {code: whether it is valid for reporting}."""
    with gzip.open(DATA / "icd10cm-2026.tsv.gz", "rt", encoding="ascii") as table:
        next(table)
        known = {code.replace(".", ""): billable == "1" for code, billable, _ in (line.split("\t") for line in table)}
    added = (DATA / "icd10cm-2027-added.txt").read_text(encoding="ascii").split()
    return known | {code.replace(".", ""): True for code in added}


def beginning(category, known):
    """The codes of a sorted list that begin with a category."""
    prefix = category.replace(".", "")
    return known[bisect.bisect_left(known, prefix):bisect.bisect_left(known, prefix + "~")]


def left_out(row):
    groups = [group.partition(": ") for group in row.get("out", [])]
    return [(code, why) for codes, _, why in groups for code in codes.split(", ")]


def table():
    """The table of the README."""
    lines = []
    for row in rows():
        out = "; ".join(row.get("out", []))
        lines.append(f'| {row["concept"]} | {", ".join(row["in"])} | {out} |\n'.replace("|  |", "| |"))
    return HEAD + "".join(lines)


def split_readme():
    """The README before its table, the table, and what follows."""
    text = README.read_text(encoding="utf-8")
    before, found, rest = text.partition(HEAD)
    lines = rest.splitlines(keepends=True)
    length = next((i for i, line in enumerate(lines) if not line.startswith("|")), len(lines))
    return before, found + "".join(lines[:length]), "".join(lines[length:])


class Categories(unittest.TestCase):
    def test_each_begins_a_code_that_exists(self):
        known = sorted(codes())
        for row in rows():
            for category in row["in"] + [code for code, _ in left_out(row)]:
                with self.subTest(concept=row["concept"], category=category):
                    self.assertTrue(beginning(category, known))

    def test_every_code_of_a_category_is_in_or_left_out_for_a_reason(self):
        known = sorted(code for code, is_valid in codes().items() if is_valid)
        counted, out_counted = 0, 0
        for row in rows():
            for category in row["in"]:
                begun = beginning(category, known)
                self.assertTrue(begun, f'{row["concept"]}: {category} has no code')
                out = {code: why for code in begun for prefix, why in left_out(row)
                       if code.startswith(prefix.replace(".", ""))}
                self.assertTrue(all(out.values()))
                counted, out_counted = counted + len(begun) - len(out), out_counted + len(out)
        print(f"{len(rows())} concepts, {counted} codes in, {out_counted} left out", file=sys.stderr)
        self.assertGreater(counted, 4000)

    def test_stand_in_the_readme(self):
        self.assertEqual(split_readme()[1], table(), "run tests/config/icd10cm_test.py --write")


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        start, _, end = split_readme()
        README.write_text(start + table() + end, encoding="utf-8")
    else:
        unittest.main()
