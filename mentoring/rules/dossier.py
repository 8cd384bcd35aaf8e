"""The documented JSON of an assignment: the instance, its costs, the solution and its proof."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from core.documented_json import Malformed, a_list, an_object, flag, rows, text, whole
from mentoring.rules.assigning import ENGINE_VERSION, Optimum
from mentoring.rules.instance import Instance, MentorOffer, PupilNeed, Weights, load_cost
from mentoring.rules.shortage import Lack, Repair, Shortage

FORMAT = "assignment/1"
LARGEST_WEIGHT = 10**8
LARGEST_CAP = 500


def read_instance(data: Any) -> Instance:
    """Read an instance, bare or inside a dossier. Raises Malformed with the place."""
    if isinstance(data, dict) and "instance" in data:
        data = data["instance"]
    data = an_object(data, "instance")
    pupils = [_pupil(row, where) for row, where in rows(data, "pupils")]
    mentors = [_mentor(row, where) for row, where in rows(data, "mentors")]
    _refuse_doubles("pupils", [pupil.id for pupil in pupils])
    _refuse_doubles("mentors", [mentor.id for mentor in mentors])
    grades = {pupil.group: pupil.grade for pupil in pupils}
    if any(grades[pupil.group] != pupil.grade for pupil in pupils):
        raise Malformed("pupils: one class, two grades")
    return Instance(
        school=text(data.get("school"), "school"),
        term=text(data.get("term"), "term"),
        seed=text(data.get("seed"), "seed").encode(),
        pupils=tuple(pupils),
        mentors=tuple(_with_grades(mentor, grades) for mentor in mentors),
        weights=_weights(data.get("weights", {})),
    )


def write_instance(instance: Instance) -> dict[str, Any]:
    """The instance as plain values, in the order of ids; reading it gives the same instance."""
    return {
        "school": instance.school,
        "term": instance.term,
        "seed": instance.seed.decode(),
        "weights": asdict(instance.weights) | {"wishes": list(instance.weights.wishes)},
        "pupils": [
            asdict(row) | {"wishes": list(row.wishes), "forbidden": sorted(row.forbidden)}
            for row in instance.pupils
        ],
        "mentors": [
            asdict(row) | {"groups": sorted(row.groups), "grades": sorted(row.grades)}
            for row in instance.mentors
        ],
    }


def write_dossier(instance: Instance, result: Optimum | Shortage) -> dict[str, Any]:
    """Everything that is needed to check a result without this product."""
    plain = write_instance(instance)
    dossier: dict[str, Any] = {"format": FORMAT, "engine": ENGINE_VERSION, "instance": plain}
    if isinstance(result, Shortage):
        return dossier | {"solution": {"status": "infeasible"}, "shortage": write_shortage(result)}
    return dossier | {
        "costs": _costs(instance, result),
        "solution": {
            "status": "optimal",
            "objective": result.objective,
            "moves": result.moves,
            "max_load": result.max_load,
            "mentor_of": dict(sorted(result.mentor_of.items())),
            "sha256": result.sha256,
        },
        "certificate": write_certificate(instance, result)
        | {
            "prices": dict(
                zip(result.network.names, result.certificate.prices.tolist(), strict=True)
            )
        },
    }


def instance_sha256(instance: Instance) -> str:
    """SHA-256 of the instance as `write_instance` writes it; equal instances have equal digests."""
    text = json.dumps(write_instance(instance), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def write_certificate(instance: Instance, result: Optimum) -> dict[str, Any]:
    """What proves the optimum, in brief: digests instead of the prices themselves."""
    return {
        "objective": result.certificate.objective,
        "nodes": len(result.network.names),
        "arcs": len(result.network.tail),
        "rounds": result.certificate.rounds,
        "prices_sha256": result.certificate.prices_sha256,
        "instance_sha256": instance_sha256(instance),
        "solution_sha256": result.sha256,
    }


def write_shortage(shortage: Shortage) -> dict[str, Any]:
    """What is lacking and the ways out, cheapest first."""

    def lack(row: Lack) -> dict[str, Any]:
        return asdict(row) | {"pupils": list(row.pupils), "mentors": list(row.mentors)}

    def repair(row: Repair) -> dict[str, Any]:
        return {
            "price": row.price,
            "extra_places": row.extra_places,
            "supervised": list(row.supervised),
            "without": list(row.without),
        }

    return {
        "unplaced": shortage.unplaced,
        "lacks": [lack(row) for row in shortage.lacks],
        "repairs": [repair(row) for row in shortage.repairs],
    }


def _costs(instance: Instance, result: Optimum) -> dict[str, Any]:
    care: dict[str, int] = dict.fromkeys(result.loads, 0)
    pairs = []
    for pupil in instance.pupils:
        mentor = instance.mentor_by_id[result.mentor_of[pupil.id]]
        care[mentor.id] += pupil.needs_qualified
        closeness, bonus = instance.closeness(pupil, mentor), instance.bonus(pupil, mentor.id)
        pairs.append(
            {"pupil": pupil.id, "mentor": mentor.id, "closeness": closeness, "bonus": bonus}
        )
    loads = [
        {
            "mentor": mentor,
            "pupils": load,
            "qualified": care[mentor],
            "cost": load_cost(instance.weights, instance.mentor_by_id[mentor], load, care[mentor]),
        }
        for mentor, load in sorted(result.loads.items())
    ]
    return {"pairs": pairs, "loads": loads}


def _pupil(row: Mapping[str, Any], where: str) -> PupilNeed:
    return PupilNeed(
        id=text(row.get("id"), f"{where}.id"),
        grade=text(row.get("grade"), f"{where}.grade"),
        group=text(row.get("group"), f"{where}.group"),
        needs_qualified=flag(row.get("needs_qualified", False), f"{where}.needs_qualified"),
        wishes=_texts(row, "wishes", where),
        previous=_text_or_none(row.get("previous"), f"{where}.previous"),
        present=_text_or_none(row.get("present"), f"{where}.present"),
        forbidden=frozenset(_texts(row, "forbidden", where)),
    )


def _mentor(row: Mapping[str, Any], where: str) -> MentorOffer:
    soft_cap = whole(row.get("soft_cap"), f"{where}.soft_cap", 0, LARGEST_CAP)
    hard_cap = whole(row.get("hard_cap"), f"{where}.hard_cap", 0, LARGEST_CAP)
    if soft_cap > hard_cap:
        raise Malformed(f"{where}.soft_cap")
    return MentorOffer(
        id=text(row.get("id"), f"{where}.id"),
        soft_cap=soft_cap,
        hard_cap=hard_cap,
        qualified=flag(row.get("qualified", False), f"{where}.qualified"),
        groups=frozenset(_texts(row, "groups", where)),
        grades=frozenset(_texts(row, "grades", where)),
    )


def _with_grades(mentor: MentorOffer, grades: Mapping[str, str]) -> MentorOffer:
    """Who teaches a class teaches its grade."""
    taught = {grades[group] for group in mentor.groups if group in grades}
    return MentorOffer(
        mentor.id,
        mentor.soft_cap,
        mentor.hard_cap,
        mentor.qualified,
        mentor.groups,
        mentor.grades | taught,
    )


def _weights(data: Any) -> Weights:
    names = {field.name for field in fields(Weights)}
    if not isinstance(data, dict) or not names.issuperset(data):
        raise Malformed("weights")
    values: dict[str, Any] = {
        name: whole(value, f"weights.{name}", 0, LARGEST_WEIGHT)
        for name, value in data.items()
        if name != "wishes"
    }
    if "wishes" in data:
        values["wishes"] = tuple(
            whole(value, f"weights.wishes[{index}]", 0, LARGEST_WEIGHT)
            for index, value in enumerate(a_list(data["wishes"], "weights.wishes"))
        )
    weights = Weights(**values)
    if not weights.same_class <= weights.same_grade <= weights.elsewhere:
        raise Malformed("weights: same_class <= same_grade <= elsewhere")
    return weights


def _refuse_doubles(name: str, ids: Sequence[str]) -> None:
    if len(set(ids)) != len(ids):
        raise Malformed(f"{name}: one id twice")


def _text_or_none(value: Any, where: str) -> str | None:
    return None if value is None else text(value, where)


def _texts(row: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    values = a_list(row.get(name, []), f"{where}.{name}")
    return tuple(text(value, f"{where}.{name}[{n}]") for n, value in enumerate(values))
