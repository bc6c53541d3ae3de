"""Feeds check.py small lists and tests, good and bad."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parent / "check.py"


class Check(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("tests/CMakeLists.txt", "add_test(NAME resources COMMAND x)\n")
        self.write("tests/x_test.cpp", "TEST(Card, CARD_01_CARD_02_HasASummary) {}\nTEST_F(Card, IsShort) {}\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def check(self, *rows):
        lines = ["id,level,versions,what,proof"]
        lines += [f"{row[0]},SHALL,2.0,be right,{row[1]}" for row in rows]
        self.write("tests/conformance/requirements.csv", "\n".join(lines) + "\n")
        done = subprocess.run([sys.executable, SCRIPT, self.root], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    def assert_fails(self, told, *rows):
        status, output = self.check(*rows)
        self.assertEqual(status, 1, output)
        self.assertIn(told, output)

    CARDS = (("CARD-01", ""), ("CARD-02", ""))

    def test_finds_the_tests_whose_names_begin_with_ids(self):
        status, output = self.check(*self.CARDS)
        self.assertEqual(status, 0, output)
        self.assertIn("proved by Card.CARD_01_CARD_02_HasASummary", output)

    def test_takes_what_a_row_says_instead(self):
        for proof in ("same: CARD-01", "test: Card.IsShort", "ctest: resources", "reason: not used", "later: a store"):
            status, output = self.check(*self.CARDS, ("X-1", proof))
            self.assertEqual(status, 0, output)

    def test_fails_for_an_open_row(self):
        self.assert_fails("OPEN: be right", *self.CARDS, ("X-1", ""))

    def test_fails_for_a_proof_that_is_none(self):
        for proof in ("same: Y-1", "same: X-1", "test: Card.IsLong", "test: ", "ctest: other", "reason: ", "trust me"):
            self.assert_fails("OPEN", *self.CARDS, ("X-1", proof))
        self.assert_fails("2 open", *self.CARDS, ("X-1", "same: X-2"), ("X-2", ""))
        self.assert_fails("2 open", *self.CARDS, ("X-1", "same: X-2"), ("X-2", "same: X-1"))

    def test_fails_for_a_test_that_names_no_row(self):
        self.assert_fails("CARD-02 is no requirement", self.CARDS[0])

    def test_fails_for_a_row_that_stands_twice(self):
        self.assert_fails("twice", *self.CARDS, self.CARDS[0])


if __name__ == "__main__":
    unittest.main()
