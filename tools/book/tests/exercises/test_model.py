"""exercise.toml: good ones are read, bad ones refused with file, key and mend."""

import pytest

from book.common.paths import ROOT
from book.common.refusal import Refusal
from book.exercises import model
from book.exercises.model import Edit, find, load, load_all

GOOD = """
title = "One"
kind = "fill"
stage = "TOUR"
stars = 2
minutes = 10
invariant = "INV-TOUR-1"
hints = ["a", "b", "c"]
fails_with = "went wrong"
why_it_fails = "It is empty."
[[hole]]
symbol = "base::checkFailed"
body = "return;"
[[mutant]]
name = "m"
file = "code/base/check.cpp"
find = "x"
replace = "y"
"""


@pytest.fixture
def exercise(tmp_path):
    place = tmp_path / "front-door" / "one"
    place.mkdir(parents=True)
    (place / "brief.rst").write_text("Do it.\n")
    (place / "test.cpp").write_text("")
    (place / "exercise.toml").write_text(GOOD)
    return place


def change(place, old, new):
    text = GOOD.replace(old, new)
    assert text != GOOD
    (place / "exercise.toml").write_text(text)


def test_reads_a_good_one(exercise):
    e = load(exercise)
    assert (e.id, e.kind, e.stars, e.points) == ("front-door/one", "fill", 2, 20)
    assert e.holes[0].symbol == "base::checkFailed" and e.mutants[0].name == "m"


@pytest.mark.parametrize(
    "old, new, words",
    [
        ('title = "One"', "", r"exercise\.toml: `title` is missing — write title"),
        ('"fill"', '"fil"', r"`kind` is \"fil\" — write one of fill, hunt"),
        ('"TOUR"', '"TOOR"', r"`stage` names the unknown stage TOOR — did you mean TOUR"),
        ("stars = 2", 'stars = "2"', r"`stars` is not of type int"),
        ("stars = 2", "stars = 9", r"`stars` is 9 — write a number from 1 to 5"),
        ('hints = ["a", "b", "c"]', "hints = []", r"`hints` is not a list of three texts"),
        ('"went wrong"', '"went (wrong"', r"`fails_with` is not a regular expression"),
        ('body = "return;"', "", r"`hole` number 1 lacks `body`"),
        ("minutes = 10", "minuts = 10", r"`minuts` is unknown — did you mean minutes"),
        ("[[mutant]]", "[[bug]]", r"is missing|has no meaning"),
        ('title = "One"', 'title = "One', r"is not TOML: .*line 2"),
        ('name = "m"', "", r"`mutant` number 1 lacks `name`"),
    ],
)
def test_refuses_a_bad_one_in_one_line(exercise, old, new, words):
    change(exercise, old, new)
    with pytest.raises(Refusal, match=words) as refused:
        load(exercise)
    assert "\n" not in str(refused.value) and " — " in str(refused.value)


def test_a_missing_file_is_named(exercise):
    (exercise / "test.cpp").unlink()
    with pytest.raises(Refusal, match="test.cpp is missing"):
        load(exercise)


@pytest.mark.parametrize(
    "name",
    [
        "front-door/one",
        "one",
        "5/one",
        "05/one",
        "exercises/front-door/one",
        "practice/front-door/one/",
        "Front-Door/One",
    ],
)
def test_a_reader_may_name_it_in_many_ways(exercise, name):
    assert find(name, load_all(exercise.parents[1])).id == "front-door/one"


def test_an_unknown_name_gets_a_suggestion(exercise):
    with pytest.raises(Refusal, match="no exercise front-door/on — did you mean front-door/one"):
        find("front-door/on", load_all(exercise.parents[1]))


def test_an_edit_must_find_its_text_exactly_once():
    tree = {"code/a.cpp": "one two two"}
    assert Edit("code/a.cpp", "one", "1").apply(tree, "here") == "1 two two"
    with pytest.raises(Refusal, match="occurs 2 times in code/a.cpp"):
        Edit("code/a.cpp", "two", "2").apply(tree, "here")
    with pytest.raises(Refusal, match="occurs 0 times"):
        Edit("code/a.cpp", "three", "3").apply(tree, "here")
    with pytest.raises(Refusal, match="there is no code/b.cpp at this stage"):
        Edit("code/b.cpp", "one", "1").apply(tree, "here")


def test_the_books_own_exercises_can_be_read():
    names = [e.id for e in model.load_all()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "place, name",
    [
        (".", "log/three-cursors"),
        (".", "exercises/log/three-cursors/"),
        (".", "practice/log/three-cursors/answer.txt"),
        (".", "./practice/../exercises/log/three-cursors"),
        ("exercises", "log/three-cursors/brief.rst"),
        ("exercises/log", "three-cursors"),
        ("exercises/log/three-cursors", "."),
        ("exercises/log/three-cursors", "brief.rst"),
        ("/", "Log/Three-Cursors"),
        ("/", str(ROOT / "exercises/log/three-cursors")),
    ],
)
def test_an_exercise_may_be_named_by_a_path(monkeypatch, place, name):
    monkeypatch.chdir(ROOT / place)
    assert model.find(name).id == "log/three-cursors"
