"""What the demo bureau says is complete, true to its sound, and plain Chinese."""

from __future__ import annotations

import re

import pytest

from demo.rules import captions, library, slides

SCRIPTS = [*library.guidance(), *library.recordings().values()]
COURSES = library.courses()
LATIN = re.compile(r"[A-Za-z]")
PLACE = re.compile(
    r"[前后][一二两三四五几]|第[一二三四五]|最后一|以上|以下|上述|上面|下面|选项|头[一两三]"
)


def ids(things):
    return [getattr(thing, "key", None) or thing.code for thing in things]


def cue_texts(vtt: str) -> list[str]:
    blocks = vtt.strip().split("\n\n")[1:]
    return ["".join(block.split("\n")[1:]) for block in blocks]


def chinese_of(script: library.Script) -> str:
    words = [script.title, script.audience, script.summary, script.transcript]
    return "".join([*words, *(slide.title + "".join(slide.lines) for slide in script.slides)])


def test_there_are_seven_lessons_for_pupils_and_parents_in_the_order_of_the_mission():
    keys = [script.key for script in library.guidance()]
    assert keys == ["puberty", "life", "emotions", "exams", "peers", "online", "help"]


def test_there_are_six_courses_of_twenty_three_and_a_half_hours():
    codes = [course.code for course in COURSES]
    assert codes == ["XL101", "XL201", "JX101", "DS101", "XL102", "XL202"]
    assert str(sum(course.credit_hours for course in COURSES)) == "23.5"


@pytest.mark.parametrize("script", SCRIPTS, ids=ids(SCRIPTS))
def test_the_captions_say_exactly_what_the_transcript_says(script):
    texts = cue_texts(captions.vtt(library.speech(script)))
    assert "".join(texts) == script.transcript.replace("\n", "")
    assert tuple(texts) == script.sentences


@pytest.mark.parametrize("script", SCRIPTS, ids=ids(SCRIPTS))
def test_sentences_follow_each_other_and_end_before_the_sound_does(script):
    speech = library.speech(script)
    times = [moment for said in speech.spoken for moment in (said.start_ms, said.end_ms)]
    assert times == sorted(times)
    assert times[-1] < speech.duration_ms
    assert speech.file.stat().st_size > 10_000


@pytest.mark.parametrize("script", library.guidance(), ids=ids(library.guidance()))
def test_a_guidance_lesson_lasts_between_sixty_and_a_hundred_and_twenty_seconds(script):
    assert 60_000 <= library.speech(script).duration_ms <= 120_000


def test_the_short_recording_lasts_twenty_seconds():
    short = library.speech(library.recordings()["short"])
    assert short.duration_ms == 20_065


def test_a_sentence_that_was_not_spoken_again_is_noticed():
    from dataclasses import replace

    script = library.guidance()[0]
    slide = replace(script.slides[0], say=("新的一句。", *script.slides[0].say[1:]))
    changed = replace(script, slides=(slide, *script.slides[1:]))
    with pytest.raises(ValueError, match="puberty: the speech does not belong to the text"):
        library.speech(changed)


@pytest.mark.parametrize("script", SCRIPTS, ids=ids(SCRIPTS))
def test_a_slide_has_two_to_four_short_lines_and_no_latin_word(script):
    for slide in script.slides:
        assert 2 <= len(slide.lines) <= 4
        assert max(map(len, (slide.title, *slide.lines))) <= 26
        assert not slide.pause_ms or len(slide.pause_ms) == len(slide.say)
    assert max(map(len, script.sentences)) <= 40
    assert LATIN.findall(chinese_of(script)) == []
    assert re.fullmatch(r"[\x20-\x7e’]+", script.english_title + script.english_summary)


@pytest.mark.parametrize("course", COURSES, ids=ids(COURSES))
def test_a_course_is_whole_and_its_readings_have_substance(course):
    kinds = [part.kind for part in course.lessons]
    assert kinds.count("recording") == 1
    assert kinds.count("quiz") == 1
    assert 3 <= len(kinds) <= 6
    assert len(course.aims) == len(course.english_aims) >= 4
    assert len(course.syllabus) == len(course.lessons)
    for part in course.lessons:
        if part.kind == "reading":
            assert 400 <= len(part.body.replace("\n", "")) <= 900
        if part.kind == "recording":
            assert library.recordings()[part.recording].title == part.title


@pytest.mark.parametrize("course", COURSES, ids=ids(COURSES))
def test_every_question_has_a_right_answer_and_says_why(course):
    quiz = next(part for part in course.lessons if part.kind == "quiz")
    assert 8 <= len(quiz.questions) <= 12
    assert quiz.draw <= len(quiz.questions)
    assert {"single", "multiple", "true_false"} == {question.kind for question in quiz.questions}
    assert len({question.text for question in quiz.questions}) == len(quiz.questions)
    for question in quiz.questions:
        assert set(question.right) < set(range(len(question.options)))
        assert len(question.right) > 1 if question.kind == "multiple" else len(question.right) == 1
        assert len(set(question.options)) == len(question.options)
        assert len(question.why) >= 10
    assert len([q for q in quiz.questions if q.kind == "true_false"]) <= 4


@pytest.mark.parametrize("course", COURSES, ids=ids(COURSES))
def test_an_explanation_names_options_and_never_their_place_which_is_shuffled(course):
    whys = [question.why for part in course.lessons for question in part.questions]
    # “第一件事” and “两周以上” speak of the matter
    spoken = [re.sub("第一件事|周以上", "", why) for why in whys]
    assert [why for why in spoken if PLACE.search(why)] == []


@pytest.mark.parametrize("course", COURSES, ids=ids(COURSES))
def test_the_chinese_of_a_course_holds_no_latin_word(course):
    parts = "".join(
        part.title
        + part.body
        + "".join(q.text + q.why + "".join(q.options) for q in part.questions)
        for part in course.lessons
    )
    words = course.title + course.summary + course.audience + "".join(course.aims) + parts
    assert LATIN.findall(words) == []


def test_the_last_lesson_names_the_three_numbers_to_call():
    transcript = library.guidance()[-1].transcript
    assert [number for number in ("12356", "110", "120") if number in transcript] == [
        "12356",
        "110",
        "120",
    ]


def test_headings_and_paragraphs_of_a_reading_are_told_apart():
    body = "开头。\n\n## 一\n第一段。\n\n第二段。"
    assert library.paragraphs(body) == (
        ("paragraph", "开头。"),
        ("heading", "一"),
        ("paragraph", "第一段。"),
        ("paragraph", "第二段。"),
    )


def test_captions_break_long_sentences_after_a_punctuation_mark():
    assert captions.two_lines("能做的，挑最小的一步开始；不能改变的，先放一放。") == (
        "能做的，挑最小的一步开始；\n不能改变的，先放一放。"
    )
    assert captions.two_lines("停一停，数两下。") == "停一停，数两下。"
    assert captions.stamp(3_723_045) == "01:02:03.045"


def test_a_slide_is_a_picture_of_1280_by_720_on_warm_paper():
    picture = slides.draw(library.guidance()[0], 0)
    assert picture.size == (1280, 720)
    assert picture.getpixel((640, 130)) == (250, 246, 238)
    assert picture.getpixel((640, 4)) == (11, 92, 91)


def test_slides_change_a_moment_before_their_first_word():
    spoken = library.speech(library.guidance()[0]).spoken
    assert captions.slide_starts(spoken) == (0, 12236, 30899, 45219, 64624)
