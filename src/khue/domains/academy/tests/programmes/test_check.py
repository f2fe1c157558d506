"""What a lecturer is told about a folder that cannot be used: file, line, and what to do."""

import pytest

from khue.domains.academy.course.course import parse
from khue.domains.academy.course.faults import FaultyCourse


def faults(files):
    with pytest.raises(FaultyCourse) as caught:
        parse(files)
    return [(fault.file, fault.line, fault.text) for fault in caught.value.faults]


def test_a_folder_that_is_right_is_read_whole(course):
    assert [topic.key for topic in course.topics] == ["mo-dau"]
    assert course.topics[0].quiz.items[0].choices[0].right
    assert course.activity_keys() == {"mo-dau-quiz", "nhin-quanh", "hoi"}


@pytest.mark.parametrize(
    ("path", "old", "new", "line", "says"),
    [
        ("programme.yaml", "summary: {vi: Để thử., en: To try.}\n", "", 1, "“summary” is missing"),
        ("programme.yaml", "audience:", "audiance:", 8, "“audiance” is not known here"),
        ("programme.yaml", 'version: "1.0"', "version: 1.0", 3, "Put it in quotes"),
        ("programme.yaml", 'version: "1.0"', 'version: "1,0"', 3, '"1.2.1"'),
        ("programme.yaml", 'start: "08:30"', "start: 14:30", 15, "Put it in quotes"),
        ("programme.yaml", "topic: mo-dau\n", "topic: ket-thuc\n", 18, "There is no topic “ket-thuc”"),
        ("programme.yaml", "mo-dau-quiz, hoi", "mo-dau-quiz, ve", 19, "There is no activity “ve”"),
        ("programme.yaml", "labs: [hoi]", "labs: [ve]", 23, "There is no labs/ve.yaml"),
        ("programme.yaml", "names: {vi: Chương trình nhỏ, en: Small programme}", "names: {vi: Nhỏ}", 5, "English is"),
        ("programme.yaml", "goals: {vi: [Thử được]", "goals: &a {vi: [Thử được]", 7, "Anchors and aliases"),
        ("programme.yaml", "id: nho", "id: Nhỏ", 2, "another form"),
        ("programme.yaml", "format: 1", "format: 1\nformat: 1", 2, "stands here twice"),
        ("programme.yaml", "setting: {", "setting: {{", 10, "cannot be read"),
        ("topics/mo-dau/topic.yaml", "minutes: 20", "minutes: a few", 4, "“minutes” cannot be used"),
        ("topics/mo-dau/quiz.yaml", ", right: true", "", 3, "exactly one choice"),
        ("topics/mo-dau/quiz.yaml", "type: single", "type: guess", 3, "takes one of"),
        ("topics/mo-dau/quiz.yaml", "key: b,", "name: b,", 9, "“key” is missing"),
        ("topics/mo-dau/vi.md", "## Một", "# Một", 1, "Start with “##”"),
        ("topics/mo-dau/vi.md", "mot.svg", "hai.svg", 3, "There is no file “images/hai.svg”"),
        ("topics/mo-dau/vi.md", "../../images/mot.svg", "../../../../etc/passwd", 3, "There is no file “../"),
        ("labs/hoi.yaml", "rubric: hoi", "rubric: ve", 9, "There is no rubrics/ve.yaml"),
        ("labs/hoi.yaml", "tool: ask", "tool: magic", 3, "takes one of"),
        ("rubrics/hoi.yaml", "pass_points: 1", "pass_points: 9", 1, "more than all levels give"),
    ],
)
def test_a_fault_names_file_line_and_what_to_do(changed, path, old, new, line, says):
    found = faults(changed(path, old, new))
    assert [(file, number) for file, number, text in found if says in text] == [(path, line)], found


def test_all_faults_are_said_at_once(changed):
    files = changed("programme.yaml", "audience:", "audiance:")
    files["topics/mo-dau/en.md"] = b""
    files["labs/hoi.yaml"] = b"names: {vi: A, en: A}"
    assert {file for file, _line, _text in faults(files)} == {"programme.yaml", "topics/mo-dau/en.md", "labs/hoi.yaml"}


def test_a_missing_page_is_named(files):
    del files["topics/mo-dau/en.md"]
    assert [(file, line) for file, line, _text in faults(files)] == [("topics/mo-dau/en.md", 0)]


def test_a_file_that_belongs_nowhere_is_named(files):
    assert faults(files | {"notes/draft.txt": b""})[0][0] == "notes/draft.txt"


def test_a_file_in_another_encoding_is_named_with_its_line(files):
    files["labs/hoi.yaml"] = "names: Hỏi\n".encode("utf-16")
    assert ("labs/hoi.yaml", 1) in [(file, line) for file, line, _text in faults(files)]


def test_deep_nesting_ends_with_a_word_and_not_with_the_process(files):
    found = faults(files | {"programme.yaml": b"a: " + b"[" * 50_000})
    assert "nested" in found[0][2]


def test_aliases_that_would_grow_are_refused_before_they_grow(files):
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    assert "Anchors" in faults(files | {"programme.yaml": bomb.encode()})[0][2]


def test_two_activities_with_one_name_are_told(files):
    files["surveys/hoi.yaml"] = (
        b"names: {vi: A, en: A}\nabout: {vi: A, en: A}\nquestions: [{key: a, type: open, text: {vi: A, en: A}}]\n"
    )
    assert any("key of another activity" in text for _file, _line, text in faults(files))
