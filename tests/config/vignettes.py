"""The written cases of tests/data/vignettes.json as CDS Hooks requests, with the examination as a client may send it."""

import datetime
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
TODAY = datetime.date(2026, 11, 21)  # what days_ago counts back from
HIP_EXAM = "https://psoas-cds.github.io/fhir/CodeSystem/hip-exam"
SNOMED = "http://snomed.info/sct"
# Source: SNOMED CT: answers to LOINC 82810-3, pregnancy status.
NOT_PREGNANT, PREGNANT = "60001007", "77386006"
PATIENT = {"reference": "Patient/p"}


def read_json(path):
    return json.loads((ROOT / path).read_text(encoding="utf-8"))


def day(days_ago=0):
    return (TODAY - datetime.timedelta(days=days_ago)).isoformat()


def bundle(resources):
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": one} for one in resources]}


def questions(items):
    """The questions of a form by linkId, those in groups too."""
    found = {}
    for item in items:
        if item["type"] not in ("group", "display"):
            found[item["linkId"]] = item
        found.update(questions([inside for inside in item.get("item", []) if inside["type"] != "display"]))
    return found


def code(item):
    return {"coding": [{name: item[name] for name in ("system", "code", "display")}]}


def result(item, number):
    value = item["value"]
    resource = {"resourceType": "Observation", "id": f"result-{number}", "status": "final", "code": code(item),
                "subject": PATIENT, "effectiveDateTime": day(item["days_ago"])}
    if isinstance(value, str):
        coded = {"pregnant": PREGNANT, "not pregnant": NOT_PREGNANT}[value]
        resource["valueCodeableConcept"] = {"coding": [{"system": SNOMED, "code": coded}]}
    else:
        resource["valueQuantity"] = {"value": value, "system": "http://unitsofmeasure.org", "code": item["unit"]}
    return resource


def resources(vignette, kind, make):
    return bundle([make(item, number) for number, item in enumerate(vignette["items"]) if item["type"] == kind])


def condition(item, number):
    terminology = "http://terminology.hl7.org/CodeSystem/"
    status = {"clinicalStatus": ("condition-clinical", "active"), "verificationStatus": ("condition-ver-status", "confirmed")}
    return {"resourceType": "Condition", "id": f"condition-{number}", "code": code(item), "subject": PATIENT,
            **{name: {"coding": [{"system": terminology + system, "code": one}]} for name, (system, one) in status.items()}}


def procedure(item, number):
    return {"resourceType": "Procedure", "id": f"procedure-{number}", "status": "completed", "code": code(item),
            "subject": PATIENT, "performedDateTime": day(item["days_ago"])}


def medication(item, number):
    return {"resourceType": "MedicationRequest", "id": f"medication-{number}", "status": "active", "intent": "order",
            "medicationCodeableConcept": code(item), "subject": PATIENT}


def answers(vignette, form):
    """What was answered, by linkId: the value as the form's question takes it, without the word `value`."""
    given = {**vignette["exam"], **vignette["history"]}
    return {link_id: answer(form[link_id], given[link_id]) for link_id in given}


def answer(question, value):
    if question["type"] == "quantity":
        unit = next(one["valueCoding"] for one in question["extension"] if one["url"].endswith("questionnaire-unit"))
        return "Quantity", {"value": value, "unit": unit["display"], "system": unit["system"], "code": unit["code"]}
    if question["type"] == "boolean":
        return "Boolean", value
    options = [one["valueCoding"] for one in question["answerOption"]]
    named = [one for one in options if one["display"].lower() == value or one["code"].endswith("-" + value)]
    assert len(named) == 1, (question["linkId"], value)
    return "Coding", named[0]


def as_response(given):
    """One filled-in form."""
    return {"resourceType": "QuestionnaireResponse", "id": "form", "status": "completed", "subject": PATIENT,
            "questionnaire": "https://psoas-cds.github.io/fhir/Questionnaire/hip-exam|1.0.0", "authored": day(),
            "item": [{"linkId": "group", "item": [{"linkId": link_id, "answer": [{"value" + kind: value}]}
                                                  for link_id, (kind, value) in given.items()]}]}


def as_observation(link_id, kind, value):
    if kind == "Coding":
        kind, value = "CodeableConcept", {"coding": [value]}
    return {"resourceType": "Observation", "id": "item-" + link_id.replace("_", "-"), "status": "final",
            "code": {"coding": [{"system": HIP_EXAM, "code": link_id}]}, "subject": PATIENT,
            "effectiveDateTime": day(), "value" + kind: value}


def yes_or_no(link_id, kind, value):
    """A finding as some systems record it: true or false."""
    if kind == "Coding" and value["system"] == SNOMED:
        kind, value = "Boolean", value["code"] == "52101004"
    return as_observation(link_id, kind, value)


def request(vignette, examination, questionnaire):
    born = TODAY.replace(year=TODAY.year - vignette["patient"]["age"]) - datetime.timedelta(days=100)
    patient = {"resourceType": "Patient", "id": "p", "gender": vignette["patient"]["sex"], "birthDate": born.isoformat()}
    return {"hook": "patient-view", "hookInstance": "5f0c4a52-6d1c-4d0a-9d43-1f3f0f4c1d11",
            "context": {"userId": "Practitioner/p", "patientId": "p"},
            "prefetch": {"patient": patient, "conditions": resources(vignette, "condition", condition),
                         "procedures": resources(vignette, "procedure", procedure),
                         "results": resources(vignette, "observation", result),
                         "medications": resources(vignette, "medication", medication),
                         "statements": None, "allergies": None,
                         "examination": examination, "questionnaire": questionnaire}}
