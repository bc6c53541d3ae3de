"""Feeds .ci/check_layers.py small trees, good and bad."""

import importlib.util
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / ".ci" / "check_layers.py"
SPEC = importlib.util.spec_from_file_location("check_layers", SCRIPT)
check_layers = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(check_layers)
TABLE = """| folder | what is in it | may include |
|---|---|---|
| `core/abi` | contract | |
| `core/base` | values | core/abi |
| `core/json` | parser | core/abi |
| `core/http` | server | core/abi core/base |
| `core/worker` | process | core/abi core/base |
| `fhir` | vocabulary | core/base |
| `plugins/sdk` | face | core/abi core/base fhir |
| `plugins/one` | a plugin | plugins/sdk core/base |
| `plugins/two` | a plugin | plugins/sdk plugins/one |
"""


class CheckLayers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.beside = pathlib.Path(folder.name).resolve()
        self.root = self.beside / "project"
        self.write("core/README.md", TABLE)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def run_check(self):
        done = subprocess.run([sys.executable, SCRIPT, self.root], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    def expect_fault(self, name, text, *said):
        self.write(name, text)
        status, output = self.run_check()
        self.assertEqual(status, 1, output)
        for words in said:
            self.assertIn(words, output)

    def test_lets_a_good_tree_pass(self):
        self.write("core/base/view.cpp", '#include "core/base/view.hpp"\n#include "core/abi/document.h"\n#include <map>\n')
        self.write("core/json/read.cpp", "#include <rapidjson/reader.h>\n")
        self.write("core/http/server.cpp", "#include <boost/beast/http.hpp>\n")
        self.write("core/worker/library.cpp", "auto handle = dlopen(path, RTLD_NOW);\n")
        self.write("plugins/one/plugin.cpp", '#include "plugins/sdk/service.hpp"\n')
        self.write("tests/core/base/view_test.cpp", '#include "core/http/server.hpp"\n#include <rapidjson/reader.h>\n')
        self.write("tests/data/odd.bin", b"\xff\xfe../")
        self.assertEqual(self.run_check()[0], 0)

    def test_names_the_line_and_what_is_allowed(self):
        self.expect_fault("core/base/view.cpp", '#include <map>\n#include "fhir/date.hpp"\n',
                          "core/base/view.cpp:2:", '"fhir/date.hpp"', "core/base may include core/abi")

    def test_sees_through_spaces_and_angle_brackets(self):
        self.expect_fault("core/abi/document.h", '#  include "core/base/view.hpp"\n', "may include nothing of ours")
        self.expect_fault("fhir/date.cpp", "#include <core/base/view.hpp>\n", 'write it as "core/base/view.hpp"')

    def test_refuses_an_include_that_does_not_start_at_the_root(self):
        self.expect_fault("core/base/view.cpp", '#include "view.hpp"\n', "includes start at the root")

    def test_refuses_a_test_header_outside_tests(self):
        self.expect_fault("fhir/date.cpp", '#include "tests/help.hpp"\n', "fhir/date.cpp:1:")

    def test_refuses_one_plugin_in_another_even_when_the_table_allows_it(self):
        self.expect_fault("plugins/two/plugin.cpp", '#include "plugins/one/card.hpp"\n', "belongs to another plugin")

    def test_refuses_a_file_in_no_folder_of_the_table(self):
        self.expect_fault("core/auth/token.cpp", "int main() {}\n", "core/auth/token.cpp:1:", "is in no folder")

    def test_refuses_a_row_that_names_an_unknown_folder(self):
        self.expect_fault("core/README.md", TABLE + "| `core/x` | x | core/nowhere |\n", "core/nowhere, which has no row")

    def test_keeps_each_library_in_its_place(self):
        self.expect_fault("core/base/view.cpp", "#include <rapidjson/reader.h>\n", "only core/json may")
        self.expect_fault("core/worker/worker_pool.cpp", "namespace beast = boost::beast;\n", "only core/http may")
        self.expect_fault("plugins/one/plugin.cpp", "dlopen(nullptr, 0);\n", "only core/worker/library.cpp may")

    def test_refuses_a_path_of_this_machine(self):
        self.expect_fault("tests/run", f"cat {self.root}/LICENSE\n", "tests/run:1:", "names a folder of the machine")
        (self.beside / "elsewhere").mkdir()
        self.expect_fault("tests/run", f"cat {self.beside}/elsewhere/x\n", "names a folder of the machine")

    def test_refuses_a_path_to_a_neighbour_of_the_project(self):
        (self.beside / "elsewhere").mkdir()
        self.expect_fault("README.md", "See ../elsewhere for more.\n", "../elsewhere leads out of the project")
        self.expect_fault("config/x.json", '{"data": "../../elsewhere"}\n', "../../elsewhere leads out of the project")

    def test_lets_a_path_pass_that_stays_inside_or_leads_nowhere(self):
        self.write("config/clients/x.json", '{"a": "../clients", "b": "../../../etc/passwd"}\n')
        self.assertEqual(self.run_check()[0], 0)

    def test_does_not_depend_on_where_the_project_lies(self):
        file = pathlib.Path("/code/tests/core/auth/x_test.cpp")
        self.assertFalse(check_layers.leaves_project(pathlib.Path("/code"), file, "../../../../dev/null"))
        self.assertIsNone(check_layers.outside_paths(pathlib.Path("/code")))


if __name__ == "__main__":
    unittest.main()
