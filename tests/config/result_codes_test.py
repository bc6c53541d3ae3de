"""Holds the LOINC codes that the services ask for to the results that they read."""

import json
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Panels of blood pressure, which hold the systolic one as a component, and the pregnancy status.
BESIDE = {"85354-9", "55284-4", "82810-3"}


def codes_of_results():
    concepts = {row["concept"] for row in json.loads((ROOT / "config/knowledge/results.json").read_text())["rows"]}
    sets = [entry["resource"] for path in (ROOT / "config/valuesets").glob("*.json")
            for entry in json.loads(path.read_text(encoding="utf-8"))["entry"]]
    return {code["code"] for value_set in sets if value_set["name"] in concepts
            for include in value_set["compose"]["include"] for code in include["concept"]}


class ResultCodes(unittest.TestCase):
    def test_are_those_of_the_results_that_are_read(self):
        source = (ROOT / "plugins/cards/request.cpp").read_text(encoding="utf-8")
        asked = set(re.findall(r"\d+-\d", source[source.index("kResultCodes"):source.index("}  // namespace")]))
        self.assertEqual(asked, codes_of_results() | BESIDE)


if __name__ == "__main__":
    unittest.main()
