#!/usr/bin/env python3
"""Writes the 24 cases of tests/data/vignettes.json as CDS Hooks calls: tests/golden/Vnn/request.json.

Each is one patient-view call as an EHR makes it that resolved every prefetch template. All days are counted
from the encounter on 2026-11-21. A key with nothing is an empty searchset: the EHR looked, and nothing is there.
The examination and the history arrive as Observations in odd cases, and as one filled-in examination form in
even ones, so that both ways are walked.

`make_requests.py` writes the files; `make_requests.py --check` says whether they are current.
"""

import datetime
import json
import pathlib
import sys
import uuid

HERE = pathlib.Path(__file__).resolve().parent
CASES = HERE.parent / "data" / "vignettes.json"
FORM = json.loads((HERE.parents[1] / "config/questionnaires/hip-exam.json").read_text(encoding="utf-8"))
ENCOUNTER = datetime.date(2026, 11, 21)
HIP_EXAM = "https://psoas-cds.github.io/fhir/CodeSystem/hip-exam"
SNOMED = "http://snomed.info/sct"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
UNITS = {"weeks": "wk", "days": "d", "mm": "mm", "injection": "d", "count": "1"}  # by the last word of an item
PAINS = {"groin_pain", "hip_pain", "low_back_pain", "thigh_pain", "leg_pain", "pelvic_pain", "sciatica"}
# These began with the pain, or with the illness of the day; all other conditions were there long before.
OF_THE_EPISODE = PAINS | {
    "limp", "difficulty_walking", "clicking_or_snapping_hip", "hip_stiff_or_limited_rom", "hip_flexor_strain",
    "iliopsoas_bursitis", "psoas_tendinitis", "trochanteric_bursitis", "lumbar_radiculopathy", "numbness",
    "unable_to_weight_bear", "osteonecrosis_hip", "prosthetic_hip_loosening", "activity_soccer",
}
OF_THE_DAY = {"fever", "appendicitis", "urinary_retention", "femoral_nerve_lesion"}
LONG_AGO = 400  # days: when a lasting condition was recorded and a lasting medicine prescribed
CATEGORIES = {"72514-3": "survey", "8310-5": "vital-signs", "8480-6": "vital-signs", "82810-3": "social-history"}


def day(days_ago):
    return (ENCOUNTER - datetime.timedelta(days=days_ago)).isoformat()


def at(days_ago, time):
    return f"{day(days_ago)}T{time}+00:00"


def coded(system, code, display=None, text=None):
    coding = {"system": system, "code": code}
    if display:
        coding["display"] = display
    return {"coding": [coding], "text": text} if text else {"coding": [coding]}


class Case:
    """One case, and the resources of its chart in the order in which they are listed there."""

    def __init__(self, case):
        self.case = case
        self.number = int(case["id"][1:])
        self.patient = f"golden-{case['id'].lower()}"
        self.weeks = case["history"].get("duration_weeks", 0)
        operations = [item["days_ago"] for item in case["items"] if item["type"] == "procedure"]
        self.operated = min(operations, default=None)  # days ago
        self.counts = {}

    def resource(self, type_name, **members):
        number = self.counts[type_name] = self.counts.get(type_name, 0) + 1
        name = {"QuestionnaireResponse": "form", "MedicationRequest": "medication"}.get(type_name, type_name.lower())
        return {"resourceType": type_name, "id": f"{self.case['id'].lower()}-{name}-{number}", **members}

    def subject(self):
        return {"reference": f"Patient/{self.patient}"}

    def person(self):
        born = ENCOUNTER.replace(year=ENCOUNTER.year - self.case["patient"]["age"]) - datetime.timedelta(days=130)
        return {
            "resourceType": "Patient",
            "id": self.patient,
            "active": True,
            "name": [{"use": "official", "family": "Example", "given": [self.case["id"]]}],
            "gender": self.case["patient"]["sex"],
            "birthDate": born.isoformat(),
        }

    def condition(self, item):
        concept = item["concept"]
        if concept in OF_THE_DAY:
            onset = recorded = 0
        elif concept == "pregnancy":
            onset, recorded = None, 0  # the code names the week of today
        elif concept in OF_THE_EPISODE:
            onset, recorded = 7 * self.weeks, min(7 * self.weeks, 3)
        else:
            onset, recorded = None, self.operated or LONG_AGO
        dates = {} if onset is None else {"onsetDateTime": day(onset)}
        return self.resource(
            "Condition",
            clinicalStatus=coded(TERMINOLOGY + "condition-clinical", "active"),
            verificationStatus=coded(TERMINOLOGY + "condition-ver-status", "confirmed"),
            category=[coded(TERMINOLOGY + "condition-category", "problem-list-item")],
            code=coded(item["system"], item["code"], item["display"]),
            subject=self.subject(),
            **dates,
            recordedDate=day(recorded),
        )

    def procedure(self, item):
        return self.resource(
            "Procedure",
            status="completed",
            code=coded(item["system"], item["code"], item["display"]),
            subject=self.subject(),
            performedDateTime=day(item["days_ago"]),
        )

    def observation(self, category, code, when, value):
        return self.resource(
            "Observation",
            status="final",
            category=[coded(TERMINOLOGY + "observation-category", category)],
            code=code,
            subject=self.subject(),
            effectiveDateTime=when,
            **value,
        )

    def result(self, item):
        if item["concept"] == "pregnancy_status":
            known = {"pregnant": ("77386006", "Pregnant"), "not pregnant": ("60001007", "Not pregnant")}
            value = {"valueCodeableConcept": coded(SNOMED, *known[item["value"]])}
        else:
            value = {"valueQuantity": quantity(item["value"], item["unit"])}
        category = CATEGORIES.get(item["code"], "laboratory")
        code = coded(item["system"], item["code"], item["display"])
        return self.observation(category, code, at(item["days_ago"], "08:40:00"), value)

    def medication(self, item):
        recent = item["concept"] in ("naproxen", "ibuprofen")
        return self.resource(
            "MedicationRequest",
            status="active",
            intent="order",
            medicationCodeableConcept=coded(item["system"], item["code"], item["display"]),
            subject=self.subject(),
            authoredOn=day(28 if recent else LONG_AGO),
            requester={"reference": "Practitioner/example"},
        )

    def of_type(self, type_name, make):
        return [make(item) for item in self.case["items"] if item["type"] == type_name]

    def local_observation(self, item, value):
        code = coded(HIP_EXAM, item, text=item.replace("_", " "))
        return self.observation("exam", code, at(0, "09:10:00"), observed(item, value))

    def answers(self):
        return {**self.case["exam"], **self.case["history"]}

    def uses_form(self):
        return self.number % 2 == 0

    def examination(self):
        return [] if self.uses_form() else [self.local_observation(k, v) for k, v in self.answers().items()]

    def forms(self):
        if not self.uses_form() or not self.answers():
            return []
        return [
            self.resource(
                "QuestionnaireResponse",
                questionnaire=FORM["url"],
                status="completed",
                subject=self.subject(),
                authored=at(0, "09:10:00"),
                item=filled_in(FORM["item"], self.answers()),
            )
        ]

    def request(self):
        return {
            "hook": "patient-view",
            "hookInstance": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{FORM['url']}/{self.case['id']}")),
            "context": {"userId": "Practitioner/example", "patientId": self.patient},
            "prefetch": {
                "patient": self.person(),
                "conditions": searchset(self.of_type("condition", self.condition)),
                "procedures": searchset(self.of_type("procedure", self.procedure)),
                "results": searchset(self.of_type("observation", self.result)),
                "examination": searchset(self.examination()),
                "questionnaire": searchset(self.forms()),
                "medications": searchset(self.of_type("medication", self.medication)),
                "statements": searchset([]),
                "allergies": searchset([]),
            },
        }


def quantity(value, unit):
    return {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}


def unit_of(item):
    return UNITS[item.rsplit("_", 1)[-1]]


def observed(item, value):
    if value in ("present", "absent"):
        codes = {"present": ("52101004", "Present"), "absent": ("2667000", "Absent")}
        return {"valueCodeableConcept": coded(SNOMED, *codes[value])}
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, str):
        return {"valueCodeableConcept": coded(HIP_EXAM, choice(item, value))}
    return {"valueQuantity": quantity(value, unit_of(item))}


def answered(item, value):
    answer = observed(item, value)
    if "valueCodeableConcept" in answer:
        return {"valueCoding": answer["valueCodeableConcept"]["coding"][0]}
    return answer


def filled_in(questions, answers):
    """The items of a form that were answered, in their groups."""
    items = []
    for question in questions:
        name = question["linkId"]
        if question["type"] == "group":
            inside = filled_in(question["item"], answers)
            items += [{"linkId": name, "item": inside}] if inside else []
        elif name in answers:
            items.append({"linkId": name, "answer": [answered(name, answers[name])]})
    return items


def choice(item, value):
    return {"onset": "onset-", "diagnostic_injection": "injection-"}[item] + value


def searchset(resources):
    entries = [
        {
            "fullUrl": f"https://ehr.example.org/fhir/{resource['resourceType']}/{resource['id']}",
            "resource": resource,
            "search": {"mode": "match"},
        }
        for resource in resources
    ]
    bundle = {"resourceType": "Bundle", "type": "searchset", "total": len(entries)}
    return {**bundle, "entry": entries} if entries else bundle


def main():
    stale = []
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    for case in cases:
        path = HERE / case["id"] / "request.json"
        text = json.dumps(Case(case).request(), indent=2, ensure_ascii=False) + "\n"
        if "--check" not in sys.argv:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(str(path))
    if stale:
        sys.exit("not what tests/golden/make_requests.py writes: " + ", ".join(stale))
    print(f"{len(cases)} requests")


if __name__ == "__main__":
    main()
