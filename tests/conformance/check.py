#!/usr/bin/env python3
"""Says of every requirement what proves it; fails when nothing does.

usage: check.py [ROOT]      prints a table: id, level, verdict; exit 1 when a requirement is open or the list is wrong

requirements.csv lists the requirements on a CDS Hooks service. A test proves the requirements whose ids its name begins
with, `-` written as `_`: TEST(Feedback, FB_12_FB_13_TellsOfSeveral). Where no test begins so, the column `proof` says
why not:

  same: ID            another row asks for the same
  test: Suite.Name    tests of another name, parted by `;`
  ctest: NAME         a test that is no GoogleTest
  reason: TEXT        it does not apply, or a person looks after it
  later: TEXT         what it is about does not exist yet
"""

import csv
import pathlib
import re
import sys

LEVELS = ("SHALL", "SHOULD", "MAY")
TEST = re.compile(r"^\s*TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\s*\)", re.MULTILINE)
CTEST = re.compile(r"(?:NAME|cdss_test\(|cdss_node_test\(|cdss_fuzz\()\s*(\w+)")
LEADING_ID = re.compile(r"([A-Z]+_\d+)_|(INV_[a-z]+(?:_[a-z]+)?_\d+)_")


def ids_of(name):
    """The ids that a test's name begins with: "FB_12_FB_13_TellsOfSeveral" gives FB-12 and FB-13."""
    ids = []
    while match := LEADING_ID.match(name):
        ids.append((match[1] or match[2]).replace("_", "-"))
        name = name[match.end() :]
    return ids


def read_tests(root):
    """The names of all tests, as Suite.Name, and the names that ctest knows."""
    sources = sorted(path for path in (root / "tests").rglob("*.cpp") if "data" not in path.parts)
    tests = [".".join(found) for path in sources for found in TEST.findall(path.read_text(encoding="utf-8"))]
    lists = (root / "tests").rglob("CMakeLists.txt")
    return tests, {name for path in lists for name in CTEST.findall(path.read_text(encoding="utf-8"))}


class Table:
    """The requirements, with the tests that prove them."""

    def __init__(self, rows, tests, ctests):
        self.rows = {row["id"]: row for row in rows}
        self.count = len(rows)
        self.tests = set(tests)
        self.ctests = ctests
        self.proofs = {}
        for test in tests:
            for requirement in ids_of(test.split(".")[1]):
                self.proofs.setdefault(requirement, []).append(test)

    def verdict(self, requirement, asked=()):
        """How the requirement is met; None when it is open. `asked` are the rows that said `same` on the way here."""
        tests = self.proofs.get(requirement)
        if tests:
            return "proved by " + tests[0] + (f" and {len(tests) - 1} more" if len(tests) > 1 else "")
        kind, _, what = self.rows[requirement]["proof"].partition(": ")
        if kind == "same" and what in self.rows and what not in asked:
            return self.verdict(what, (*asked, requirement)) and f"as {what}"
        if kind == "test" and all(name in self.tests for name in what.split("; ")):
            return f"proved by {what}"
        if kind == "ctest" and what in self.ctests:
            return f"proved by {what}"
        return {"reason": f"not tested: {what}", "later": f"later: {what}"}.get(kind) if what else None

    def faults(self):
        """What is wrong with the list itself."""
        if len(self.rows) != self.count:
            yield "an id stands twice"
        for requirement, row in self.rows.items():
            if row["level"] not in LEVELS or not row["what"] or not row["versions"]:
                yield f"{requirement}: needs a level, versions and what it asks for"
        for requirement, tests in sorted(self.proofs.items()):
            if requirement not in self.rows:
                yield f"{tests[0]}: {requirement} is no requirement of the list"


def main(root):
    with open(root / "tests/conformance/requirements.csv", encoding="utf-8", newline="") as file:
        table = Table(list(csv.DictReader(file)), *read_tests(root))
    still_open = []
    totals = {}
    for requirement, row in table.rows.items():
        verdict = table.verdict(requirement)
        if verdict is None:
            still_open.append(requirement)
            verdict = "OPEN: " + row["what"]
        print(f"{requirement:<15} {row['level']:<7} {verdict}")
        key = (row["level"], verdict.split()[0].strip(":"))
        totals[key] = totals.get(key, 0) + 1
    print()
    for (level, kind), number in sorted(totals.items(), key=lambda item: (LEVELS.index(item[0][0]), item[0][1])):
        print(f"{level:<7} {kind:<7} {number}")
    faults = list(table.faults())
    for fault in faults:
        print(f"wrong: {fault}")
    print(f"{table.count} requirements, {len(still_open)} open")
    return 1 if still_open or faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2])))
