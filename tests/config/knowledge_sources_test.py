"""Holds the knowledge files to their sources: every source that a row names exists, and every statement
of the lay sources is used by something that exists, or left out for a reason.

`knowledge_sources_test.py --write` writes into seed-facts.json what the rows say of themselves: a row that
names a statement is added to its `used`, and ids that no longer exist are taken out. Reasons are people's work.
"""

import json
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
KNOWLEDGE = ROOT / "config" / "knowledge"
FACTS = KNOWLEDGE / "seed-facts.json"
COUNTS = {"S0": 23, "S1": 19, "S2": 15, "S3": 13, "S4": 11}
WIDTH = 112


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def objects_in(value):
    """Every object with an id, at any depth."""
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for member in value:
            yield from objects_in(member)


class Knowledge:
    """All rows of all knowledge files but the references and the statements themselves."""

    def __init__(self):
        self.facts = read(FACTS)["facts"]
        self.references = {row["id"]: row for row in read(KNOWLEDGE / "references.json")["references"]}
        self.rows = []
        self.ids = set()
        for path in sorted(KNOWLEDGE.glob("*.json")):
            if path.name in ("references.json", FACTS.name):
                continue
            document = read(path)
            for row in objects_in(document):
                self.rows.append((path.name, row))
                self.ids.add(row["id"])
            if path.name == "texts.json":
                self.ids.update(document.get("texts", {}) if isinstance(document.get("texts"), dict) else ())

    def users_of(self, fact):
        """Ids of the rows that name this statement, each once, in the order of the files."""
        return list(dict.fromkeys(row["id"] for _, row in self.rows if fact in row.get("sources", ())))


def lay_out(value, indent=0, width=WIDTH):
    """JSON as the knowledge files are laid out: on one line what fits there."""
    line = json.dumps(value, ensure_ascii=False)
    if indent + len(line) <= width or not isinstance(value, (dict, list)) or not value:
        return line
    pad = " " * (indent + 2)
    if isinstance(value, dict):
        parts = [f"{pad}{json.dumps(k)}: {lay_out(v, indent + 2, width - len(k) - 4)}" for k, v in value.items()]
        return "{\n" + ",\n".join(parts) + "\n" + " " * indent + "}"
    return "[\n" + ",\n".join(pad + lay_out(v, indent + 2, width) for v in value) + "\n" + " " * indent + "]"


def write():
    document = read(FACTS)
    knowledge = Knowledge()
    for fact in document["facts"]:
        kept = [name for name in fact["used"] if name in knowledge.ids]
        fact["used"] = list(dict.fromkeys(kept + knowledge.users_of(fact["id"])))
    FACTS.write_text(lay_out(document) + "\n", encoding="utf-8")


class KnowledgeSources(unittest.TestCase):
    def setUp(self):
        self.knowledge = Knowledge()

    def test_counts_every_statement_of_the_lay_sources(self):
        expected = [f"{source}-{n:02}" for source, count in COUNTS.items() for n in range(1, count + 1)]
        self.assertEqual([fact["id"] for fact in self.knowledge.facts], expected)
        self.assertEqual(len(expected), 81)

    def test_each_statement_is_used_or_left_out_for_a_reason(self):
        for fact in self.knowledge.facts:
            with self.subTest(fact["id"]):
                self.assertTrue(fact["text"])
                self.assertTrue(fact["used"] or fact["left_out"], "neither used nor left out")

    def test_what_uses_a_statement_exists(self):
        for fact in self.knowledge.facts:
            for name in fact["used"]:
                with self.subTest(fact["id"]):
                    self.assertTrue(name in self.knowledge.ids, f"{name} is no row")

    def test_a_row_that_names_a_statement_stands_in_its_used(self):
        for fact in self.knowledge.facts:
            with self.subTest(fact["id"]):
                missing = [name for name in self.knowledge.users_of(fact["id"]) if name not in fact["used"]]
                self.assertEqual(missing, [], "name the statement; run this test with --write")

    def test_every_source_of_a_row_exists(self):
        named = 0
        known = {"ours", "recalled"} | set(self.knowledge.references) | {fact["id"] for fact in self.knowledge.facts}
        for file, row in self.knowledge.rows:
            for source in row.get("sources", ()):
                named += 1
                with self.subTest(file=file, row=row["id"], source=source):
                    self.assertTrue(source in known or source in self.knowledge.ids, "is no source")
        self.assertGreater(named, 100)

    def test_sources_named_within_a_text_exist(self):
        known = set(self.knowledge.references) | {fact["id"] for fact in self.knowledge.facts}
        for path in sorted(KNOWLEDGE.glob("*.json")):
            named = set(re.findall(r"\[\d+\]|\bS[0-4]-\d\d\b", path.read_text(encoding="utf-8")))
            with self.subTest(path.name):
                self.assertEqual(sorted(named - known), [])

    def test_a_reference_says_how_it_was_read(self):
        self.assertEqual(list(self.knowledge.references),
                         [f"[{n}]" for n in range(1, 87)] + list(COUNTS))
        for reference in self.knowledge.references.values():
            with self.subTest(reference["id"]):
                self.assertTrue(reference["text"].endswith("."))
                self.assertRegex(reference["access"], "seen|recalled")

    def test_other_conditions_name_only_value_sets_that_exist(self):
        names = set()
        for path in (ROOT / "config" / "valuesets").glob("*.json"):
            names.update(entry["resource"]["name"] for entry in read(path)["entry"])
        for row in read(KNOWLEDGE / "differentials.json")["rows"]:
            with self.subTest(row["id"]):
                self.assertEqual([name for name in row["concepts"] if name not in names], [])

    def test_each_symptom_and_finding_passes_with_time(self):
        passing = set(read(KNOWLEDGE / "conditions.json")["history"]["concepts"])
        for name in ("symptom", "finding"):
            for entry in read(ROOT / "config" / "valuesets" / f"{name}.json")["entry"]:
                self.assertIn(entry["resource"]["name"], passing)


if __name__ == "__main__":
    if "--write" in sys.argv:
        write()
    else:
        unittest.main()
