"""The documented JSON of an assignment: the instance, its costs, the solution and its proof."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from mentoring.rules.assigning import ENGINE_VERSION, Optimum
from mentoring.rules.instance import Instance, MentorOffer, PupilNeed, Weights, load_cost
from mentoring.rules.shortage import Lack, Repair, Shortage

FORMAT = "assignment/1"
LARGEST_WEIGHT = 10**8
LARGEST_CAP = 500


class InstanceMalformed(ValueError):
    """The file is not in the documented form; the text names the place."""


def read_instance(data: Any) -> Instance:
    """Read an instance, bare or inside a dossier. Raises InstanceMalformed with the place."""
    if isinstance(data, dict) and "instance" in data:
        data = data["instance"]
    if not isinstance(data, dict):
        raise InstanceMalformed("instance")
    pupils = [_pupil(row, where) for row, where in _rows(data, "pupils")]
    mentors = [_mentor(row, where) for row, where in _rows(data, "mentors")]
    _refuse_doubles("pupils", [pupil.id for pupil in pupils])
    _refuse_doubles("mentors", [mentor.id for mentor in mentors])
    grades = {pupil.group: pupil.grade for pupil in pupils}
    if any(grades[pupil.group] != pupil.grade for pupil in pupils):
        raise InstanceMalformed("pupils: one class, two grades")
    return Instance(
        school=_text(data.get("school"), "school"),
        term=_text(data.get("term"), "term"),
        seed=_text(data.get("seed"), "seed").encode(),
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


def write_certificate(instance: Instance, result: Optimum) -> dict[str, Any]:
    """What proves the optimum, in brief: digests instead of the prices themselves."""
    text = json.dumps(write_instance(instance), ensure_ascii=False, sort_keys=True)
    return {
        "objective": result.certificate.objective,
        "nodes": len(result.network.names),
        "arcs": len(result.network.tail),
        "rounds": result.certificate.rounds,
        "prices_sha256": result.certificate.prices_sha256,
        "instance_sha256": hashlib.sha256(text.encode()).hexdigest(),
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


def _rows(data: Mapping[str, Any], name: str) -> list[tuple[dict[str, Any], str]]:
    rows = data.get(name)
    if not isinstance(rows, list):
        raise InstanceMalformed(name)
    for index, row in enumerate(rows):
        if not isinstance(row, dict):
            raise InstanceMalformed(f"{name}[{index}]")
    return [(row, f"{name}[{index}]") for index, row in enumerate(rows)]


def _pupil(row: Mapping[str, Any], where: str) -> PupilNeed:
    return PupilNeed(
        id=_text(row.get("id"), f"{where}.id"),
        grade=_text(row.get("grade"), f"{where}.grade"),
        group=_text(row.get("group"), f"{where}.group"),
        needs_qualified=_flag(row, "needs_qualified", where),
        wishes=_texts(row, "wishes", where),
        previous=_text_or_none(row.get("previous"), f"{where}.previous"),
        present=_text_or_none(row.get("present"), f"{where}.present"),
        forbidden=frozenset(_texts(row, "forbidden", where)),
    )


def _mentor(row: Mapping[str, Any], where: str) -> MentorOffer:
    soft_cap = _whole(row.get("soft_cap"), f"{where}.soft_cap", LARGEST_CAP)
    hard_cap = _whole(row.get("hard_cap"), f"{where}.hard_cap", LARGEST_CAP)
    if soft_cap > hard_cap:
        raise InstanceMalformed(f"{where}.soft_cap")
    return MentorOffer(
        id=_text(row.get("id"), f"{where}.id"),
        soft_cap=soft_cap,
        hard_cap=hard_cap,
        qualified=_flag(row, "qualified", where),
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
        raise InstanceMalformed("weights")
    values: dict[str, Any] = {
        name: _whole(value, f"weights.{name}", LARGEST_WEIGHT)
        for name, value in data.items()
        if name != "wishes"
    }
    if "wishes" in data:
        if not isinstance(data["wishes"], list):
            raise InstanceMalformed("weights.wishes")
        values["wishes"] = tuple(
            _whole(value, f"weights.wishes[{index}]", LARGEST_WEIGHT)
            for index, value in enumerate(data["wishes"])
        )
    weights = Weights(**values)
    if not weights.same_class <= weights.same_grade <= weights.elsewhere:
        raise InstanceMalformed("weights: same_class <= same_grade <= elsewhere")
    return weights


def _refuse_doubles(name: str, ids: Sequence[str]) -> None:
    if len(set(ids)) != len(ids):
        raise InstanceMalformed(f"{name}: one id twice")


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.isprintable() or not value.strip():
        raise InstanceMalformed(where)
    return value


def _text_or_none(value: Any, where: str) -> str | None:
    return None if value is None else _text(value, where)


def _texts(row: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    values = row.get(name, [])
    if not isinstance(values, list):
        raise InstanceMalformed(f"{where}.{name}")
    return tuple(_text(value, f"{where}.{name}[{n}]") for n, value in enumerate(values))


def _flag(row: Mapping[str, Any], name: str, where: str) -> bool:
    value = row.get(name, False)
    if not isinstance(value, bool):
        raise InstanceMalformed(f"{where}.{name}")
    return value


def _whole(value: Any, where: str, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise InstanceMalformed(where)
    return value
