"""Pure rules: cleaning, spelling, judging."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.rules.files import RawLine, judge_file
from schools.rules.judging import (
    Grounds,
    TeacherFact,
    UnitFact,
    Verdict,
    is_renaming,
    is_shrunken,
)
from schools.rules.names import clean_name, is_name, spell, visible_text
from schools.rules.roster import (
    clean_code,
    clean_phone,
    duties_in,
    lost_zeros,
    teacher_line,
    usual_width,
)

UNITS = {
    "411502": UnitFact("411502", "浉河区", "county"),
    "S0001": UnitFact("S0001", "浉河区第一小学", "school", "primary", "浉河区"),
    "S0002": UnitFact("S0002", "浉河区第二小学", "school", "primary", "浉河区"),
}


def teacher(number: int, **cells: str) -> RawLine:
    values = {"学校代码": "S0001", "姓名": "王芳", **cells}
    return RawLine("教师", number, {key: (text, "t") for key, text in values.items()})


def school(number: int, **cells: str) -> RawLine:
    return RawLine("学校", number, {key: (text, "t") for key, text in cells.items()})


def judged(*lines: RawLine, partial: bool = True, rosters=None, **grounds):
    known = Grounds(**{"units": UNITS, "counties": {"浉河区": "浉河区"}, **grounds})
    return judge_file(lines, known, rosters or {}, partial=partial)


def codes(line) -> list[tuple[str, str]]:
    return [(problem.column, problem.code) for problem in line.judgement.problems]


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("王小明", "wangxiaoming", "wxm"),
        ("单雄信", "shanxiongxin", "sxx"),
        ("曾子墨", "zengzimo", "zzm"),
        ("解晓东", "xiexiaodong", "xxd"),
        ("区志强", "ouzhiqiang", "ozq"),
        ("仇英", "qiuying", "qy"),
        ("查良镛", "zhaliangyong", "zly"),
        ("朴志英", "piaozhiying", "pzy"),
        ("盖叫天", "gejiaotian", "gjt"),
        ("欧阳修", "ouyangxiu", "oyx"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("迪丽·热巴", "dilireba", "dlrb"),
        ("Anna Lee", "annalee", "a"),
    ],
)
def test_names_are_spelled_as_names(name, full, initials):
    spelling = spell(name)
    assert (spelling.full, spelling.initials) == (full, initials)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" 王　芳 ", "王芳"),
        ("王\u200b芳\ufeff", "王芳"),
        ("\u202e王芳", "王芳"),
        ("阿卜杜•热依木", "阿卜杜·热依木"),
        ("阿卜杜．热依木", "阿卜杜·热依木"),
        ("Ａｎｎａ  Lee", "Anna Lee"),
        ("𠮷野 家", "𠮷野家"),
        ("王\n芳", "王芳"),
    ],
)
def test_a_typed_name_is_cleaned(typed, name):
    assert clean_name(typed) == name
    assert is_name(clean_name(typed))


@pytest.mark.parametrize("text", ["", "王芳1", "13800000001", "=王芳", "<b>王</b>", "王" * 61, "·"])
def test_what_is_no_name_is_seen(text):
    assert not is_name(text)


@given(st.text(max_size=80))
def test_cleaning_twice_is_cleaning_once(text):
    for clean in (clean_name, visible_text):
        assert clean(clean(text)) == clean(text)
    assert "\x00" not in clean_name(text) + clean_code(text) + clean_phone(text)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("ｓ０００１", "S0001"), (" s 0001\n", "S0001"), ("'007", "007"), ("4.13E+17", "4.13E+17")],
)
def test_a_typed_code_is_cleaned(typed, code):
    assert clean_code(typed) == code


@pytest.mark.parametrize(
    "typed",
    ["13800000001", "138 0000 0001", "138-0000-0001", "+8613800000001", "8613800000001",
     "１３８０００００００１", "'13800000001"],
)  # fmt: skip
def test_a_typed_phone_is_cleaned(typed):
    assert clean_phone(typed) == "13800000001"


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ({"工号": ("4.13E+17", "x")}, ("工号", "number_damaged")),
        ({"工号": ("4.13E+17", "t")}, ("工号", "number_damaged")),
        ({"工号": ("2026-03-01", "d")}, ("工号", "date")),
        ({"工号": ("", "f")}, ("工号", "formula")),
        ({"姓名": ("#N/A", "e")}, ("姓名", "error")),
        ({"姓名": ("王" * 40, "l")}, ("姓名", "too_long")),
        ({"学校代码": ("", "m")}, ("学校代码", "merged")),
        ({"学校代码": ("", "")}, ("学校代码", "missing")),
        ({"姓名": ("  ", "t")}, ("姓名", "missing")),
        ({"姓名": ("王芳2", "t")}, ("姓名", "bad_name")),
        ({"工号": ("a/b", "t")}, ("工号", "bad_code")),
        ({"工号": ("1" * 21, "t")}, ("工号", "bad_code")),
        ({"手机": ("1380000000", "n")}, ("手机", "bad_phone")),
        ({"手机": ("1.38E+10", "t")}, ("手机", "number_damaged")),
        ({"职务": ("皇帝", "t")}, ("职务", "unknown_post")),
    ],
)
def test_each_wrong_cell_is_named_once(cell, problem):
    cells = {"学校代码": ("S0001", "t"), "工号": ("A1", "t"), "姓名": ("王芳", "t"), **cell}
    _line, problems = teacher_line(cells)
    assert [(item.column, item.code) for item in problems] == [problem]


def test_duties_are_split_and_known_by_their_names():
    assert duties_in("班主任、心理教师") == ({"class_teacher", "psychology_teacher"}, "")
    assert duties_in("任课教师") == (frozenset(), "")
    assert duties_in(" ") == (frozenset(), "")
    assert duties_in("班主任/皇帝") == ({"class_teacher"}, "皇帝")


def test_lost_zeros_are_guessed_from_the_record_and_from_the_column():
    assert lost_zeros("12", {"0012", "0013"}, None) == "0012"
    assert lost_zeros("12", {"12", "0012"}, None) is None
    assert lost_zeros("12", {"012", "0012"}, None) is None
    assert lost_zeros("12", frozenset(), 4) == "0012"
    assert lost_zeros("A12", {"0A12"}, 4) is None
    assert usual_width(["0001", "0002", "12"]) == 4
    assert usual_width(["1001", "1002", "12"]) is None
    assert usual_width([]) is None
    assert lost_zeros("0012", frozenset(), 7) is None, "what begins with zero has lost none"
    assert usual_width(["2024001", "2024002", "2024003", "0012"]) is None
    assert usual_width(["0001", "0002", "12"], known={"99"}) is None


def test_a_new_a_changed_and_an_unchanged_teacher_are_told_apart():
    known = {
        "A1": TeacherFact("A1", "王芳", "13800000001", "S0001", frozenset({"class_teacher"})),
        "A2": TeacherFact("A2", "李明", "13800000002", "S0001"),
    }
    new, changed, same = judged(
        teacher(2, 工号="A3", 姓名="赵静", 职务="班主任"),
        teacher(3, 工号="A2", 姓名="李鸣", 手机="", 学校代码="S0002"),
        teacher(4, 工号="A1", 手机="13800000001", 职务="班主任"),
        teachers=known,
    ).lines
    assert new.judgement.verdict is Verdict.CREATED
    assert dict(new.judgement.changes) == {
        "学校代码": ("", "S0001"),
        "姓名": ("", "赵静"),
        "职务": ("", "class_teacher"),
    }
    assert changed.judgement.verdict is Verdict.UPDATED
    assert dict(changed.judgement.changes) == {
        "学校代码": ("S0001", "S0002"),
        "姓名": ("李明", "李鸣"),
    }
    assert same.judgement.verdict is Verdict.UNCHANGED


def test_posts_are_added_and_never_taken_by_a_file():
    known = {"A1": TeacherFact("A1", "王芳", "", "S0001", frozenset({"class_teacher"}))}
    (line,) = judged(teacher(2, 工号="A1", 职务="年级组长"), teachers=known).lines
    assert dict(line.judgement.changes) == {"职务": ("class_teacher", "class_teacher,grade_head")}


@pytest.mark.parametrize(
    ("cells", "grounds", "problem"),
    [
        ({"学校代码": "S9999"}, {}, ("学校代码", "school_not_yours")),
        ({"学校代码": "411502", "职务": "班主任"}, {}, ("职务", "school_posts_only")),
        ({"职务": "班主任"}, {"own": "A1"}, ("职务", "own_post")),
        ({}, {"teachers": {"A1": TeacherFact("A1", "王芳", school=None)}},
         ("工号", "employed_elsewhere")),
        ({}, {"teachers": {"A1": TeacherFact("A1", "李明", school="")}}, ("工号", "number_taken")),
        ({"手机": "13800000001"}, {"phones": {"13800000001": "B7"}}, ("手机", "phone_taken")),
    ],
)  # fmt: skip
def test_a_line_out_of_reach_is_rejected(cells, grounds, problem):
    (line,) = judged(teacher(2, 工号="A1", **cells), **grounds).lines
    assert codes(line) == [problem]
    assert line.judgement.verdict is Verdict.REJECTED


def test_of_equal_lines_the_first_stands_and_contradicting_lines_all_fall():
    first, second, third, fourth = judged(
        teacher(2, 工号="A1"),
        teacher(3, 工号="A1"),
        teacher(4, 工号="A2", 姓名="李明"),
        teacher(5, 工号="A2", 姓名="李鸣"),
    ).lines
    assert first.judgement.verdict is Verdict.CREATED
    assert codes(second) == [("工号", "duplicate")]
    assert codes(third) == codes(fourth) == [("工号", "contradiction")]
    assert third.judgement.problems[0].params == {"row": "5"}


def test_one_phone_for_two_people_is_rejected_in_both_lines():
    lines = judged(
        teacher(2, 工号="A1", 手机="13800000001"),
        teacher(3, 工号="A2", 姓名="李明", 手机="13800000001"),
        teacher(4, 工号="A3", 姓名="赵静", 手机="13800000003"),
    ).lines
    assert [codes(line) for line in lines] == [
        [("手机", "phone_repeated")],
        [("手机", "phone_repeated")],
        [],
    ]


def test_schools_of_the_same_file_are_known_to_its_teachers():
    result = judged(
        school(2, 学校代码="S0003", 学校名称="浉河区第三小学", 县区="浉河区", 学段="小学"),
        teacher(2, 工号="A1", 学校代码="S0003"),
        school_rights=True,
    )
    assert [line.judgement.verdict for line in result.lines] == [Verdict.CREATED] * 2


@pytest.mark.parametrize(
    ("cells", "rights", "expected"),
    [
        ({"学校代码": "S0003"}, True, []),
        ({"学校代码": "S0003"}, False, [("学校代码", "school_not_yours")]),
        ({"学校名称": "浉河区实验小学"}, True, []),
        ({"学校名称": "浉河区实验小学"}, False, [("学校名称", "school_facts_fixed")]),
        ({"县区": "固始县"}, True, [("县区", "county_not_yours")]),
        ({"学校代码": "411502"}, True, [("学校代码", "not_a_school")]),
        ({"学段": "大学"}, True, [("学段", "bad_stage")]),
        ({"学段": ""}, True, [("学段", "missing")]),
        ({"学校名称": "学" * 101}, True, [("学校名称", "too_long")]),
        ({"学校名称": ""}, True, [("学校名称", "missing")]),
        ({"县区": ""}, True, [("县区", "missing")]),
    ],
)
def test_a_school_line_is_judged(cells, rights, expected):
    values = {"学校代码": "S0001", "学校名称": "浉河区第一小学", "县区": "浉河区", "学段": "小学"}
    (line,) = judged(school(2, **{**values, **cells}), school_rights=rights).lines
    assert codes(line) == expected


def test_a_school_is_not_moved_to_another_county_by_a_file():
    values = {"学校代码": "S0001", "学校名称": "浉河区第一小学", "县区": "固始县", "学段": "小学"}
    counties = {"浉河区": "浉河区", "固始县": "固始县"}
    (line,) = judged(school(2, **values), school_rights=True, counties=counties).lines
    assert codes(line) == [("县区", "county_differs")]


@pytest.mark.parametrize(
    ("on_record", "matched", "arriving", "expected"),
    [
        (15, 5, 0, True),
        (16, 8, 0, True),
        (15, 8, 0, False),
        (15, 0, 0, True),
        (15, 0, 3, False),
        (15, 3, 4, False),
        (5, 1, 0, False),
        (0, 0, 10, False),
    ],
)
def test_half_a_roster_is_refused_and_an_addition_is_not(on_record, matched, arriving, expected):
    assert is_shrunken(on_record=on_record, matched=matched, arriving=arriving) is expected


def test_many_new_names_at_once_look_like_a_slipped_column():
    assert is_renaming(matched=20, renamed=10)
    assert not is_renaming(matched=100, renamed=30)
    assert not is_renaming(matched=9, renamed=9)


def test_a_shrunken_file_names_the_school_unless_it_is_partial():
    known = {f"A{n}": TeacherFact(f"A{n}", "王芳", "", "S0001") for n in range(10)}
    rosters = {"S0001": frozenset(known)}
    lines = [teacher(2 + n, 工号=f"A{n}") for n in range(5)]
    refused = judged(*lines, teachers=known, rosters=rosters, partial=False)
    assert (refused.refusal, refused.schools) == ("much_smaller", ("S0001",))
    assert judged(*lines, teachers=known, rosters=rosters).refusal == ""
    assert judged(partial=False).refusal == "empty"


@pytest.mark.parametrize("before", ["S0002", ""])
def test_a_list_of_people_who_come_from_another_school_or_back_is_an_addition(before):
    staff = {f"A{n}": TeacherFact(f"A{n}", "王芳", "", "S0001") for n in range(15)}
    coming = {f"B{n}": TeacherFact(f"B{n}", "王芳", "", before) for n in range(6)}
    lines = [teacher(2 + n, 工号=f"B{n}") for n in range(6)]
    rosters = {"S0001": frozenset(staff)}
    roster = judged(*lines, teachers={**staff, **coming}, rosters=rosters, partial=False)
    assert (roster.refusal, roster.count(Verdict.UPDATED)) == ("", 6)


def test_people_of_the_school_who_only_change_are_no_addition():
    staff = {f"A{n}": TeacherFact(f"A{n}", "王芳", "", "S0001") for n in range(15)}
    lines = [teacher(2 + n, 工号=f"A{n}", 手机=f"1380000000{n}") for n in range(6)]
    rosters = {"S0001": frozenset(staff)}
    roster = judged(*lines, teachers=staff, rosters=rosters, partial=False)
    assert (roster.refusal, roster.schools) == ("much_smaller", ("S0001",))


def test_a_slipped_name_column_is_refused():
    known = {f"A{n}": TeacherFact(f"A{n}", "李明", "", "S0001") for n in range(10)}
    lines = [teacher(2 + n, 工号=f"A{n}") for n in range(10)]
    assert judged(*lines, teachers=known).refusal == "too_many_renamed"


def test_a_staff_number_that_lost_its_zeros_is_rejected_with_the_guess():
    on_record = {"007": TeacherFact("007", "王芳", "", "S0001")}
    rosters = {"S0001": frozenset(on_record)}
    (line,) = judged(teacher(2, 工号="7"), rosters=rosters, teachers=on_record).lines
    assert codes(line) == [("工号", "lost_zeros")]
    assert line.judgement.problems[0].params == {"value": "7", "guess": "007"}


def test_a_short_number_of_somebody_else_has_lost_nothing():
    on_record = {"0012": TeacherFact("0012", "李明", "", "S0001")}
    rosters = {"S0001": frozenset(on_record)}
    for name, verdict in (("李明", "rejected"), ("王芳", "created")):
        line = teacher(2, 工号="12", 姓名=name)
        (one,) = judged(line, rosters=rosters, teachers=on_record).lines
        assert one.judgement.verdict == verdict


def test_long_numbers_beside_a_short_one_with_zeros_are_all_taken():
    lines = [teacher(2 + n, 工号=f"202400{n}", 姓名="王芳") for n in range(3)]
    judgements = judged(*lines, teacher(9, 工号="0012"), teacher(10, 工号="1234")).lines
    assert {item.judgement.verdict for item in judgements} == {"created"}


def test_each_school_has_its_own_way_of_numbering():
    units = {**UNITS, "S0002": UnitFact(code="S0002", name="二小", kind="school", stage="primary")}
    lines = [teacher(2 + n, 工号=f"000{n}") for n in range(1, 5)]
    lines.append(teacher(9, 工号="7", 学校代码="S0002"))
    judgements = judged(*lines, units=units).lines
    assert {item.judgement.verdict for item in judgements} == {"created"}
