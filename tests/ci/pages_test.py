"""Every page of the project leads to what is there: relative links, headings, and the paths that stand in backticks."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([\w-]+))?\)")
PATH = re.compile(r"`((?:core|fhir|plugins|config|deploy|tests|\.ci)/[\w./*-]+)`")
# What is written in pages and only there once something was built or installed.
PLACEHOLDERS = re.compile(r"/(?:NAME|ID|X)\b")


def pages():
    """The Markdown files of the project, without those of a build folder."""
    for top in [ROOT, *(path for path in ROOT.iterdir() if path.is_dir() and path.name[0] != "." and path.name != "build")]:
        yield from top.glob("*.md") if top == ROOT else top.rglob("*.md")


def anchors(page):
    """The headings of a page as GitHub names them in links."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


class Pages(unittest.TestCase):
    def test_links_lead_to_a_file_and_a_heading_of_it(self):
        for page in pages():
            for link, anchor in LINK.findall(page.read_text(encoding="utf-8")):
                with self.subTest(page=page.relative_to(ROOT), link=link):
                    target = page.parent / link if link else page
                    self.assertTrue(target.exists())
                    self.assertTrue(not anchor or anchor in anchors(target), anchor)

    def test_names_no_path_that_is_not_there(self):
        for page in pages():
            if page.name == "CHANGELOG.md":
                continue  # tells of the past
            for path in PATH.findall(page.read_text(encoding="utf-8")):
                with self.subTest(page=page.relative_to(ROOT), path=path):
                    self.assertTrue(PLACEHOLDERS.search(path) or any(ROOT.glob(path.rstrip("/"))))


if __name__ == "__main__":
    unittest.main()
