"""Feeds .ci/check_commits messages, good and bad."""

import pathlib
import subprocess
import sys
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / ".ci" / "check_commits"
BODY = "\n\nBecause it was wrong before.\n"


def judge(message):
    done = subprocess.run([sys.executable, SCRIPT, "--message"], input=message, capture_output=True, text=True,
                          check=False)
    return done.returncode, done.stdout


class CheckCommits(unittest.TestCase):
    def test_lets_a_good_message_pass(self):
        for subject in ("core/http: refuse two Host fields", "http: refuse two Host fields", "ci: check layers",
                        "core/base, tests: keep the digits of a number", "hip_replacement: accept a month"):
            with self.subTest(subject):
                self.assertEqual(judge(subject + BODY)[0], 0)

    def test_says_what_is_wrong(self):
        for message, said in (
                ("Refuse two Host fields" + BODY, "must read `folder: what`"),
                ("kitchen: refuse two Host fields" + BODY, "kitchen is no folder"),
                ("core: " + "x" * 85 + BODY, "91 characters"),
                ("core: refuse two Host fields." + BODY, "full stop"),
                ("core: refuse two\nHost fields\n", "second line must be empty"),
                ("core: refuse two Host fields\n", "must say why"),
        ):
            with self.subTest(said):
                status, output = judge(message)
                self.assertEqual(status, 1)
                self.assertIn(said, output)


if __name__ == "__main__":
    unittest.main()
