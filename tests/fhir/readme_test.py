"""Holds fhir/README.md true: its tables name what the readers in fhir/ read, and nothing else.

The names come from the sources: rows of field tables, and members that a reader looks up by name. A name counts for the
type whose table stands in the same file, or for a data type that has a section of its own.
"""

import pathlib
import re
import unittest

FHIR = pathlib.Path(__file__).resolve().parents[2] / "fhir"
TABLE = re.compile(r"\bField<(\w+)> (k\w+)\[\] = \{\n(.*?)\n *\};", re.S)
CODES = re.compile(r"\bCode<(\w+)> k\w+\[\] = \{\n(.*?)\n *\};", re.S)
ROW_NAME = re.compile(r'\b(?:code_|words_)?field(?:_read_by|_or)?<[^()]*?>\(\s*"([^"]+)"', re.S)
LOOKED_UP = re.compile(r'(?:\bfind\(|text_or_empty\(|required_string\(|optional_string\(|take_text\([^"\n]*, '
                       r'|read_title\([^"\n]*, |\bname [!=]= )"(\w+)"')
VALUE = re.compile(r'kValue = "value"')
WRITTEN = re.compile(r'(?:\.(?:string|integer|boolean|object|array)\(|write(?:_one|_reference)?\(\w+, )"(\w+)"')
HEADER_NAMES = {"resourceType", "id", "implicitRules", "modifierExtension"}  # of every resource: the rules at the top of the page name them
# Sources that look members up and have no table of their own: the types that they read them for.
WITHOUT_TABLE = {
    "medication_choice.hpp": ("MedicationRequest", "MedicationStatement"),
    "resource_types.cpp": (),
    "value_set.cpp": ("ValueSet",),
}


def sections():
    """{heading: text below it}"""
    parts = re.split(r"^#+ (.+)\n", (FHIR / "README.md").read_text(encoding="utf-8"), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def ticked(text):
    return set(re.findall(r"`([^`]+)`", text))


def rows_of(section):
    """The element names and the codes of a section's table."""
    names, codes = set(), set()
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("| ") else []
        if len(cells) == 3:
            names |= {name.rsplit(".", 1)[-1] for name in ticked(cells[0])}
            codes |= ticked(cells[2])
    return names, codes


def read_by_sources(headings):
    """{heading: (names, codes)} as the sources have them."""
    read = {}
    for file in sorted([*(FHIR / "types").iterdir(), *(FHIR / "resources").iterdir()]):
        if file.suffix not in {".cpp", ".hpp"}:
            continue
        text = file.read_text(encoding="utf-8")
        tables = TABLE.findall(text)
        names = set(LOOKED_UP.findall(text)) - HEADER_NAMES
        names |= {"value[x]"} if VALUE.search(text) else set()
        codes = {code for _, body in CODES.findall(text) for code in re.findall(r'\{"([^"]+)"', body)}
        owners = [owner for owner, name, _ in tables if name == "kFields"][:1] or WITHOUT_TABLE.get(file.name, ())
        if not owners and names | codes and file.name not in WITHOUT_TABLE:
            raise AssertionError(f"{file.name} reads {names | codes}: name its type in WITHOUT_TABLE")
        for owner in owners:
            read.setdefault(owner, (set(), set()))[0].update(names)
            read[owner][1].update(codes)
        for owner, _, body in tables:
            heading = owner if owner in headings else owners[0]
            read.setdefault(heading, (set(), set()))[0].update(ROW_NAME.findall(body))
    return read


class Readme(unittest.TestCase):
    def setUp(self):
        self.sections = sections()

    def test_names_what_the_readers_read(self):
        for heading, (names, codes) in read_by_sources(self.sections).items():
            with self.subTest(heading):
                self.assertIn(heading, self.sections, "has no section")
                said_names, said_codes = rows_of(self.sections[heading])
                self.assertEqual(names, said_names)
                self.assertEqual(codes, said_codes)

    def test_has_no_table_of_what_is_not_read(self):
        read = read_by_sources(self.sections)
        for heading, text in self.sections.items():
            with self.subTest(heading):
                self.assertTrue("| element |" not in text or heading in read)

    def test_names_what_is_written(self):
        said = ticked(self.sections["Draft MedicationRequest"]) | ticked(self.sections["Draft ServiceRequest"])
        written = set(WRITTEN.findall((FHIR / "drafts/draft_order.cpp").read_text(encoding="utf-8")))
        self.assertEqual(written, said - {"draft", "proposal", "order"})  # values of status and intent


if __name__ == "__main__":
    unittest.main()
