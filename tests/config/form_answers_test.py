#!/usr/bin/env python3
"""The same answers give the same result, whether they come as a filled-in form or as Observations.

usage: form_answers_test.py PROGRAM
"""

import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import vignettes

PROGRAM = pathlib.Path(sys.argv.pop(1))
SERVICES = sorted(folder.name for folder in (PROGRAM.parents[1] / "lib" / "psoas-cds" / "plugins").iterdir())
FORM = vignettes.questions(vignettes.read_json("config/questionnaires/hip-exam.json")["item"])
# What differs between the two: the name of the resource that an answer stands in.
REFERENCE = re.compile(r"Observation/item-[a-z0-9-]+|QuestionnaireResponse/form|Observation/example-item-\d+|"
                       r"QuestionnaireResponse/example-hip-exam")


def evaluate(service, request):
    """The response of the program to a request."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "request.json"
        file.write_text(json.dumps(request), encoding="utf-8")
        run = subprocess.run([PROGRAM, "evaluate", "--service", service, "--today", vignettes.TODAY.isoformat(), file],
                             capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 0, run.stdout + run.stderr
    return json.loads(run.stdout)


def said(response):
    """Assessment and cards, without uuids and without the names of the resources that answers stand in."""
    text = json.dumps({"assessment": response["extension"], "cards": response["cards"]}, sort_keys=True)
    text = re.sub(r'"uuid": "[^"]*"', '"uuid": ""', text)
    text = REFERENCE.sub("ANSWER", text)
    return re.sub(r"(\"?ANSWER\"?(?:, [0-9-]+)?)(?:[;,] \1)+", r"\1", text)  # several answers may stand in one form


def evaluate_all(cases):
    """The responses to [(service, request)], in that order."""
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(lambda case: evaluate(*case), cases))


def as_observations(given):
    return vignettes.bundle([vignettes.as_observation(link_id, *answer) for link_id, answer in given.items()]), None


def as_yes_or_no(given):
    return vignettes.bundle([vignettes.yes_or_no(link_id, *answer) for link_id, answer in given.items()]), None


def as_response(given):
    return None, vignettes.bundle([vignettes.as_response(given)])


def as_both(given):
    return as_observations(given)[0], as_response(given)[1]


class FormAnswers(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.names = [(case, service) for case in vignettes.read_json("tests/data/vignettes.json") for service in SERVICES]
        cls.with_observations = cls.responses(as_observations)

    @classmethod
    def responses(cls, shape):
        """What each service says of each written case, with its answers in a shape."""
        return evaluate_all([(service, vignettes.request(case, *shape(vignettes.answers(case, FORM))))
                             for case, service in cls.names])

    def compare(self, shape):
        self.assertEqual(len(self.with_observations), 24 * len(SERVICES))
        for (case, service), one, other in zip(self.names, self.with_observations, self.responses(shape), strict=True):
            with self.subTest(f"{case['id']} {service}"):
                self.assertEqual(said(one), said(other))

    def test_a_form_and_observations_say_the_same(self):
        self.compare(as_response)

    def test_findings_may_be_true_or_false(self):
        self.compare(as_yes_or_no)

    def test_what_stands_in_both_counts_once(self):
        self.compare(as_both)

    def test_answers_change_the_result(self):
        """The comparisons above would hold as well if nothing were read."""
        scores = [evaluate("psoas-likelihood", vignettes.request(case, *as_observations(given)))
                  ["extension"]["org.psoas-cds.assessment"]["score"]
                  for case in vignettes.read_json("tests/data/vignettes.json")[:3]
                  for given in (vignettes.answers(case, FORM), {})]
        self.assertTrue(all(with_answers != without for with_answers, without in zip(scores[::2], scores[1::2])), scores)

    def test_the_example_in_both_forms_says_the_same(self):
        example = vignettes.read_json("config/examples/psoas-likelihood.json")
        response = vignettes.read_json("config/examples/hip-exam-response.json")
        observations = vignettes.read_json("config/examples/hip-exam-observations.json")
        one, other = ([(service, {**example, "prefetch": {**example["prefetch"], "examination": examination,
                                                          "questionnaire": questionnaire}}) for service in SERVICES]
                      for examination, questionnaire in ((None, vignettes.bundle([response])), (observations, None)))
        for service, first, second in zip(SERVICES, evaluate_all(one), evaluate_all(other), strict=True):
            with self.subTest(service):
                self.assertEqual(said(first), said(second))


if __name__ == "__main__":
    unittest.main()
