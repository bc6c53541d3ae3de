"""Feeds .ci/check_layers.py small trees, good and bad."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / ".ci" / "check_layers.py"
TABLE = """| folder | what is in it | may include |
|---|---|---|
| `core/base/errors` | failures | |
| `core/base` | values | core/base/errors |
| `core/json` | documents | core/base/errors core/base |
| `core/http/server` | server | core/base |
| `core/worker` | process | core/base |
| `fhir` | vocabulary | core/base |
| `plugins/sdk` | face | core/base fhir |
| `plugins/rules/facts` | facts | fhir |
| `plugins/one` | a plugin | plugins/sdk plugins/rules/facts core/base |
| `plugins/two` | a plugin | plugins/sdk |
"""
CMAKE = {
    "core/base/errors": "cdss_library(errors HEADERS result.hpp)",
    "core/base": "cdss_library(base\n  HEADERS view.hpp  # read by all\n  PRIVATE_HEADERS bits.hpp\n  SOURCES view.cpp "
                 "view_text.cpp)",
    "core/json": "cdss_library(json HEADERS reader.hpp SOURCES reader.cpp)",
    "core/http/server": "cdss_library(http HEADERS server.hpp SOURCES server.cpp)",
    "core/worker": "cdss_library(worker HEADERS library.hpp SOURCES library.cpp)\nadd_executable(worker main.cpp)",
    "fhir": "cdss_library(fhir HEADERS date.hpp SOURCES date.cpp)",
    "plugins/sdk": "cdss_library(sdk HEADERS service.hpp)",
    "plugins/rules/facts": "cdss_library(facts HEADERS facts.hpp)",
    "plugins/one": "cdss_add_plugin(one ID one HEADERS card.hpp SOURCES card.cpp)",
    "plugins/two": "cdss_add_plugin(two ID two HEADERS step.hpp SOURCES step.cpp)",
}
# What each room includes of those that its row names stands in a header of its own.
INCLUDES = "\ncdss_library(includes PRIVATE_HEADERS includes.hpp)"
FIRST_HEADERS = {"core/base/errors": "result.hpp", "core/base": "view.hpp", "fhir": "date.hpp", "plugins/sdk": "service.hpp",
                 "plugins/rules/facts": "facts.hpp", "plugins/one": "card.hpp"}


class CheckLayers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name).resolve() / "project"
        self.write("core/README.md", TABLE)
        for room, text in CMAKE.items():
            self.write(f"{room}/CMakeLists.txt", text + INCLUDES)
            for name in text.replace("(", " ").replace(")", " ").split():
                if name.endswith((".hpp", ".cpp")):
                    self.write(f"{room}/{name}", "")
        for row in TABLE.splitlines()[2:]:
            _, room, _, allowed, _ = (cell.strip(" `") for cell in row.split("|"))
            self.write(f"{room}/includes.hpp",
                       "".join(f'#include "{other}/{FIRST_HEADERS[other]}"\n' for other in allowed.split()))

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run_check(self):
        done = subprocess.run([sys.executable, SCRIPT, self.root], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    def expect_fault(self, name, text, *said):
        """`text` in the file `name` makes one fault, and the check says all of `said`."""
        self.write(name, text)
        status, output = self.run_check()
        self.assertEqual((status, output.splitlines()[-1]), (1, "1 faults"), output)
        for words in said:
            self.assertIn(words, output)

    def test_lets_a_good_tree_pass(self):
        self.write("core/base/view.cpp",
                   '#include "core/base/view.hpp"\n#include "core/base/bits.hpp"\n#include "core/base/errors/result.hpp"\n'
                   "#include <map>\n")
        self.write("core/json/reader.cpp", "#include <rapidjson/reader.h>\n")
        self.write("core/http/server/server.cpp", "#include <boost/beast/http.hpp>\n")
        self.write("core/worker/library.cpp", "auto handle = dlopen(path, RTLD_NOW);\n")
        self.write("plugins/one/plugin.cpp", '#include "plugins/sdk/service.hpp"\n#include "plugins/one/card.hpp"\n')
        self.write("tests/core/base/view_test.cpp", '#include "core/base/bits.hpp"\n#include <rapidjson/reader.h>\n')
        status, output = self.run_check()
        self.assertEqual(status, 0, output)

    def test_names_the_line_and_what_is_allowed(self):
        self.expect_fault("core/base/view.cpp", '#include <map>\n#include "fhir/date.hpp"\n',
                          "core/base/view.cpp:2:", '"fhir/date.hpp"', "core/base may include core/base/errors")

    def test_tells_a_room_from_the_room_around_it(self):
        self.expect_fault("core/base/errors/result.hpp", '#include "core/base/view.hpp"\n', "may include nothing of ours")
        self.write("core/base/errors/result.hpp", "")
        self.expect_fault("fhir/date.cpp", '#include "core/base/errors/result.hpp"\n', "fhir may include core/base\n")

    def test_sees_through_spaces_and_angle_brackets(self):
        self.expect_fault("core/base/errors/result.hpp", '#  include "fhir/date.hpp"\n', "may include nothing of ours")
        self.write("core/base/errors/result.hpp", "")
        self.expect_fault("fhir/date.cpp", "#include <core/base/view.hpp>\n", 'write it as "core/base/view.hpp"')

    def test_refuses_an_include_that_does_not_start_at_the_root(self):
        self.expect_fault("core/base/view.cpp", '#include "view.hpp"\n', "includes start at the root")

    def test_refuses_a_test_header_outside_tests(self):
        self.expect_fault("fhir/date.cpp", '#include "tests/help.hpp"\n', "fhir/date.cpp:1:")

    def test_refuses_one_plugin_in_another_even_when_the_table_allows_it(self):
        self.write("core/README.md", TABLE.replace("a plugin | plugins/sdk |", "a plugin | plugins/sdk plugins/one |"))
        self.expect_fault("plugins/two/step.cpp", '#include "plugins/one/card.hpp"\n', "belongs to another plugin")

    def test_refuses_a_private_header_of_another_room(self):
        self.expect_fault("fhir/date.cpp", '#include "core/base/bits.hpp"\n', "fhir/date.cpp:1:", "is private to core/base")

    def test_refuses_a_public_header_that_shows_a_private_one(self):
        self.expect_fault("core/base/view.hpp", '#include "core/base/bits.hpp"\n', "core/base/view.hpp:1:",
                          "make it one of HEADERS")

    def test_refuses_a_file_in_no_room_of_the_table(self):
        for name in ("core/trust/token.cpp", "core/http/head.hpp"):
            with self.subTest(name):
                self.expect_fault(name, "", f"{name}:1: is in no room")
                (self.root / name).unlink()

    def test_refuses_a_row_for_a_folder_that_is_not_there(self):
        self.expect_fault("core/README.md", TABLE + "| `core/{x,y}` | x | |\n", "core/README.md:13:", "{x,y} is no folder")

    def test_refuses_a_row_that_names_a_room_below_or_an_unknown_one(self):
        for other in ("core/nowhere", "core/json", "fhir/*"):
            with self.subTest(other):
                self.expect_fault("core/README.md", TABLE.replace("| values | ", f"| values | {other} "),
                                  "core/README.md:4:", f"{other}, which has no row above it")

    def test_refuses_a_row_that_names_a_room_of_which_nothing_is_included(self):
        self.expect_fault("fhir/includes.hpp", "", "core/README.md:8:", "core/base, of which it includes nothing")

    def test_keeps_each_library_in_its_place(self):
        for name, text, said in (("core/base/view.cpp", "#include <rapidjson/reader.h>\n", "only core/json may"),
                                 ("core/worker/main.cpp", "namespace beast = boost::beast;\n", "only core/http may"),
                                 ("plugins/one/plugin.cpp", "dlopen(nullptr, 0);\n", "only core/worker/library.cpp may")):
            with self.subTest(name):
                self.expect_fault(name, text, said)
                self.write(name, "")

    def test_refuses_a_file_that_its_room_does_not_name(self):
        for name, said in (("fhir/date_text.cpp", "is not named in fhir/CMakeLists.txt"),
                           ("fhir/period.hpp", "neither HEADERS nor PRIVATE_HEADERS")):
            with self.subTest(name):
                self.expect_fault(name, "", f"{name}:1:", said)
                (self.root / name).unlink()

    def test_refuses_a_source_without_its_header(self):
        self.write("fhir/CMakeLists.txt", "cdss_library(fhir HEADERS date.hpp SOURCES date.cpp daylight.cpp)" + INCLUDES)
        self.expect_fault("fhir/daylight.cpp", "", "fhir/daylight.cpp:1:", "has no header here")

    def test_refuses_a_room_of_more_than_30_files(self):
        headers = [f"h{number}.hpp" for number in range(28)]
        self.write("fhir/CMakeLists.txt", f"cdss_library(fhir HEADERS date.hpp {' '.join(headers)} SOURCES date.cpp)" + INCLUDES)
        for name in headers[:27]:
            self.write(f"fhir/{name}", "")
        self.assertEqual(self.run_check()[0], 0)
        self.expect_fault(f"fhir/{headers[27]}", "", "the room has 31 files")


if __name__ == "__main__":
    unittest.main()
