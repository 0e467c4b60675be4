"""The picture of the house is made of what the files import, and every room has its place in it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[1] / "docs" / "rooms.py"
EVERYWHERE = {
    "collector",
    "__init__",
    "__main__",
    "errors",
    "limits",
    "shown",
    "catalogue",
    "questions",
    "said",
    "enclosing",
}


@pytest.fixture(scope="module")
def rooms() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rooms", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_picture_is_what_the_imports_say(rooms: ModuleType, update_golden: bool) -> None:
    made = rooms.picture(rooms.uses())
    if update_golden:
        rooms.PICTURE.write_text(made, encoding="utf-8")
    assert rooms.PICTURE.read_text(encoding="utf-8") == made


def test_every_room_is_drawn(rooms: ModuleType) -> None:
    there = {p.stem for p in rooms.SRC.iterdir() if p.suffix == ".py" or (p / "__init__.py").is_file()}
    assert there - EVERYWHERE == set(rooms.SAID)


def test_no_room_stands_on_itself(rooms: ModuleType) -> None:
    known = rooms.uses()
    assert [room for room in known if room in rooms.below(room, known)] == []


def test_the_judge_stands_on_nothing_that_finds(rooms: ModuleType) -> None:
    known = rooms.uses()
    assert rooms.below("judge", known).isdisjoint({"match", "conditions", "check", "derive"})
