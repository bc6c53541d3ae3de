#!/usr/bin/env python3
"""The examination form, its code system and what the rules read of it are one list of items."""

import json
import pathlib
import unittest

CONFIG = pathlib.Path(__file__).resolve().parents[2] / "config"
HIP_EXAM = "https://psoas-cds.github.io/fhir/CodeSystem/hip-exam"
SNOMED = "http://snomed.info/sct"
UCUM = "http://unitsofmeasure.org"


def read_json(path):
    return json.loads((CONFIG / path).read_text(encoding="utf-8"))


def properties(concept):
    """The properties of a concept: {code: value}."""
    return {one["code"]: value for one in concept["property"] for name, value in one.items() if name.startswith("value")}


def in_code_system():
    """{item: (kind, unit, answers)} of the code system."""
    concepts = read_json("questionnaires/hip-exam-codes.json")["concept"]
    kinds = {one["code"]: properties(one) for one in concepts}
    answers = {}
    for code, kind in kinds.items():
        if kind["values"] == "answer":
            answers.setdefault(kind["answer-to"], set()).add(code)
    return {code: (kind["values"], kind.get("unit"), answers.get(code, set()))
            for code, kind in kinds.items() if kind["values"] != "answer"}


def questions(items):
    """The questions of a form, those in groups too."""
    for item in items:
        if item["type"] not in ("group", "display"):
            yield item
        yield from questions(item.get("item", []))


def asked(question):
    """(kind, unit, answers) of a question."""
    if question["type"] == "boolean":
        return "boolean", None, set()
    if question["type"] == "quantity":
        units = [one["valueCoding"] for one in question["extension"] if "unit" in one["url"].rsplit("/", 1)[-1]]
        assert {one["system"] for one in units} == {UCUM} and len({one["code"] for one in units}) == 1, units
        return "quantity", units[0]["code"], set()
    assert question["type"] == "choice", question["type"]
    options = {(one["valueCoding"]["system"], one["valueCoding"]["code"]) for one in question["answerOption"]}
    if options == {(SNOMED, "52101004"), (SNOMED, "2667000")}:
        return "finding", None, set()
    assert {system for system, _ in options} == {HIP_EXAM}, options
    return "choice", None, {code for _, code in options}


def in_form():
    """{item: (kind, unit, answers)} of the form."""
    return {one["linkId"]: asked(one) for one in questions(read_json("questionnaires/hip-exam.json")["item"])}


def in_rules():
    """{item: (kind, unit, prefix of the answers)} of what the rules read. They read a finding as they read a boolean:
    an item of the examination is a finding, any other a boolean."""
    read = {}
    for item in read_json("knowledge/hip-exam.json")["items"]:
        values = item.get("values")
        if values in ("injection", "onset"):
            read[item["id"]] = ("choice", None, values + "-")
        elif values is None:
            read[item["id"]] = ("finding" if item.get("exam") else "boolean", None, "")
        else:
            read[item["id"]] = (values, item.get("unit"), "")
    return read


class Form(unittest.TestCase):
    maxDiff = None

    def test_form_and_code_system_have_the_same_items(self):
        self.assertEqual(in_form(), in_code_system())
        self.assertGreater(len(in_form()), 30)

    def test_the_rules_read_what_the_form_asks(self):
        rules = in_rules()
        self.assertEqual({item: kind[:2] for item, kind in in_form().items()},
                         {item: kind[:2] for item, kind in rules.items()})
        for item, (_, _, answers) in in_form().items():
            self.assertTrue(all(code.startswith(rules[item][2]) for code in answers), item)

    def test_a_question_has_its_own_code(self):
        for question in questions(read_json("questionnaires/hip-exam.json")["item"]):
            with self.subTest(question["linkId"]):
                self.assertEqual([(one["system"], one["code"]) for one in question["code"]],
                                 [(HIP_EXAM, question["linkId"])])
                self.assertTrue(question["text"])

    def test_names_in_form_and_code_system_agree(self):
        concepts = read_json("questionnaires/hip-exam-codes.json")["concept"]
        names = {one["code"]: one["display"] for one in concepts}
        for question in questions(read_json("questionnaires/hip-exam.json")["item"]):
            codings = question["code"] + [one["valueCoding"] for one in question.get("answerOption", [])]
            for coding in codings:
                if coding["system"] == HIP_EXAM:
                    self.assertEqual(coding["display"], names[coding["code"]])
        self.assertEqual(len(concepts), read_json("questionnaires/hip-exam-codes.json")["count"])


if __name__ == "__main__":
    unittest.main()
